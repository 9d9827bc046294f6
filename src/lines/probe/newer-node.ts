import Module, { type LoadFnOutput } from 'node:module';

interface LoadContext {
  readonly format?: string | null | undefined;
}

/** Functions that newer versions of Node.js have in `node:module`, absent in older ones. */
interface NewerModule {
  readonly registerHooks?: (hooks: {
    load(
      url: string,
      context: LoadContext,
      nextLoad: (url: string, context: LoadContext) => LoadFnOutput,
    ): LoadFnOutput;
  }) => void;
  readonly stripTypeScriptTypes?: (
    text: string,
    options?: {
      readonly mode: 'transform';
      readonly sourceMap: true;
      readonly sourceUrl: string;
    },
  ) => string;
}

export const newerModule = Module as NewerModule;
