/** Something that must not outlive this program if it is ended at any moment. */
export type Remnant =
  /** A file that is not complete yet. */
  | { readonly kind: 'file'; readonly path: string }
  /** A process that was started, and all of its group if `isGroup` is set. */
  | { readonly kind: 'process'; readonly pid: number; readonly isGroup: boolean };

/** Learns what would be left behind, and when it no longer would. */
export type RemnantListener = (remnant: Remnant, change: 'made' | 'gone') => void;

let listener: RemnantListener | null = null;

/** Sets the listener that cleans up: without one, only the process itself can end this thread. */
export function onRemnants(hear: RemnantListener): void {
  listener = hear;
}

/**
 * Reports something that has to be cleaned up from now on; the returned function reports that it no
 * longer has to be.
 */
export function noteRemnant(remnant: Remnant): () => void {
  const hear = listener;
  hear?.(remnant, 'made');
  return () => hear?.(remnant, 'gone');
}
