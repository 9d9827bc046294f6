/**
 * Where the source maps of a saved heap are kept: `a.maps.json` beside `a.heapsnapshot.gz`; null for a file
 * that is not called a heap.
 */
export function mapsFileOf(heap: string): string | null {
  const name = /\.heapsnapshot(?:\.(?:gz|zst|br|zip))?$/i;
  return name.test(heap) ? heap.replace(name, '.maps.json') : null;
}
