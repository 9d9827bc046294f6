// Two prompts of a program's own: one on the terminal, made before the module is loaded, and one that
// `other` types into, made after it.
const repl = require('node:repl');
const { PassThrough } = require('node:stream');

const main = repl.start({ prompt: 'own> ' });
require('showbackref/repl');

const [input, output] = [new PassThrough(), new PassThrough()];
const other = repl.start({ prompt: 'other> ', input, output, terminal: false });
let text = '';
output.on('data', (data) => {
  text += data;
});

other.context.list = [{ kept: true }];
main.context.shared = { kept: true };
// what the other prompt answers to a line
main.context.other = async (line) => {
  text = '';
  input.write(`${line}\n`);
  while (!text.endsWith('other> ')) await new Promise((resolve) => setTimeout(resolve, 5));
  return text.split('\n');
};
