import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { REPLServer } from 'node:repl';
import { showBackrefs } from '../library/graph-calls.js';
import { evaluate } from './evaluate.js';

/** Through this the prompt's own code calls us, so that nothing of ours holds the target. */
const CALL = Symbol.for('showbackref.call');
const FILE = /^(.+?)\s+(\S+\.(?:png|svg|dot|json|txt|html|md|mmd|pdf))$/i;

/** `.backrefs EXPR [FILE]`: the file's extension gives the format. */
export async function runBackrefs(server: REPLServer, text: string): Promise<void> {
  const [, expression = text, file = join(tmpdir(), 'backrefs.png')] = FILE.exec(text.trim()) ?? [];
  if (expression.trim() === '') {
    server.output.write('use .backrefs EXPR [FILE], for example .backrefs x /tmp/x.png\n');
    return;
  }
  const call = (target: object) => showBackrefs(target, { out: file });
  Object.defineProperty(server.context, CALL, { value: call, configurable: true });
  try {
    const code = `globalThis[Symbol.for('showbackref.call')]((${expression}))`;
    const graph = (await evaluate(server, code)) as Awaited<ReturnType<typeof showBackrefs>>;
    const { nodes, edges } = graph;
    server.output.write(
      `Image generated as ${file} (${nodes.length} nodes, ${edges.length} references)\n`,
    );
  } finally {
    Reflect.deleteProperty(server.context, CALL);
  }
}
