/** A part of an answer, as the protocol has it. */
export type Content =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly data: string; readonly mimeType: 'image/png' }
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly mimeType: string;
    };

/** The answer of a tool. Plain data: it passes from thread to thread. */
export interface ToolResult {
  readonly content: readonly Content[];
  readonly isError?: true;
}

/** An answer that says in a sentence what went wrong. */
export function toolError(sentence: string): ToolResult {
  return { content: [{ type: 'text', text: sentence }], isError: true };
}
