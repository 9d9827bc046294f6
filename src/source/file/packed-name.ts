/** The name of compressed bytes in messages, and in a command to decompress them by hand. */
export interface PackedName {
  /** As messages quote it: `"a.heapsnapshot.gz"` or `standard input`. */
  readonly quoted: string;
  /** The file for a shell command such as `zstd -dc "a.zst"`; empty for standard input. */
  readonly shellArgument: string;
  /** Called with the number of bytes of other text before the heap. */
  readonly onSkipped?: (bytes: number) => void;
}
