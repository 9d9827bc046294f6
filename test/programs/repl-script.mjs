// Run by `showbackref repl`: an ES module that takes its time, and goes on after its end.
import { basename } from 'node:path';

const names = process.argv.slice(2).map((name) => basename(name));
const owner = { names };
await new Promise((resolve) => setTimeout(resolve, 20));
const late = new Map([['owner', owner]]);
let ticks = 0;
setInterval(() => {
  ticks += 1;
}, 5);
if (names.includes('wait')) {
  console.log('waiting');
  await new Promise(() => {});
}
