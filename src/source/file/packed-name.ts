/** What packed bytes are called in messages, and how to get at them by hand. */
export interface PackedName {
  /** As messages quote it: `"a.heapsnapshot.gz"` or `standard input`. */
  readonly quoted: string;
  /** The file for a shell command such as `zstd -dc "a.zst"`; empty for standard input. */
  readonly shellArgument: string;
  /** Told how many bytes of other text came before the heap. */
  readonly onSkipped?: (bytes: number) => void;
}
