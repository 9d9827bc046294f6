import { ToolService } from '../source/relay/serve-tool.js';

/*
 * A process between a tool and the program that it looks at: see source/relay/relay.ts. Outside of that
 * program, because anything of ours within it would be in its heap.
 */

const service = new ToolService({ input: process.stdin, output: process.stdout });
// a terminal's Ctrl-C and its end are for the tool
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => service.leave());
