import { ToolService } from '../source/relay/serve-tool.js';

/*
 * A process between a tool and the program that the tool looks at: see source/relay/relay.ts. It
 * runs outside of that program, because anything of ours inside it would be in its heap.
 */

const service = new ToolService({ input: process.stdin, output: process.stdout });
// Ctrl-C at a terminal, and the terminal's closing, are for the tool
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => service.leave());
