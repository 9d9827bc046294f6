/** Something that must not outlive this program when it is ended at any moment. */
export type Remnant =
  /** A file that is not whole yet. */
  | { readonly kind: 'file'; readonly path: string }
  /** A process that was started, with all of its group where `isGroup` says so. */
  | { readonly kind: 'process'; readonly pid: number; readonly isGroup: boolean };

/** Hears what would be left behind, and when it no longer would. */
export type RemnantListener = (remnant: Remnant, change: 'made' | 'gone') => void;

let listener: RemnantListener | null = null;

/** The one that cleans up: without it nobody can end this thread but the process itself. */
export function onRemnants(hear: RemnantListener): void {
  listener = hear;
}

/** Says that there is something to clean up from now on; the answer says that there no longer is. */
export function noteRemnant(remnant: Remnant): () => void {
  const hear = listener;
  hear?.(remnant, 'made');
  return () => hear?.(remnant, 'gone');
}
