/** The only message that a layout worker posts. */
export type LayoutAnswer = { readonly svg: string } | { readonly failure: string };
