// VS Code's parser (Rust in WebAssembly): decode, then the retainers of one object, which it names by
// position. Arguments: FILE ID ORDINAL.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const parser = createRequire(import.meta.url)('@vscode/v8-heap-parser');
const graph = parser.decode_bytes(readFileSync(process.argv[2]));
const holders = graph.get_all_retainers(Number(process.argv[4]), 1);
console.log(holders.map((holder) => `@${holder.id}`).join('\n'));
