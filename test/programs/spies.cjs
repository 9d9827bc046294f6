// another user of the machine, in a folder for all: reads and writes whatever it can of what appears there,
// and says at its end what it got
const { openSync, closeSync, readSync, writeSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const [, , folder, marker] = process.argv;
const names = new Set();
const opened = new Set();
let read = 0;
let written = 0;

function look(name) {
  if (!names.has(name) && name.endsWith('.tmp')) console.log('saw one being written');
  names.add(name);
  const path = join(folder, name);
  try {
    if (statSync(path).uid === process.getuid()) return;
  } catch {
    return;
  }
  for (const flags of ['r', 'r+']) {
    try {
      const file = openSync(path, flags);
      opened.add(name);
      const bytes = Buffer.alloc(1 << 20);
      for (let i = 0; i < 50; i++) {
        const count = readSync(file, bytes, 0, bytes.length, 0);
        if (bytes.subarray(0, count).includes(marker)) read++;
      }
      if (flags === 'r+') written += writeSync(file, 'overwritten', 0);
      closeSync(file);
    } catch {
      // not for us
    }
  }
}

let isOver = false;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();
console.log('ready');
function turn() {
  const until = Date.now() + 20;
  while (Date.now() < until) for (const name of readdirSync(folder)) look(name);
  if (!isOver) return setImmediate(turn);
  console.log(`\n${JSON.stringify({ names: [...names], opened: [...opened], read, written })}`);
}
turn();
