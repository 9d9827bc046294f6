// A program with a life of its own: prints what a call of showBackrefs changed for it.
import { EventEmitter } from 'node:events';
import inspector from 'node:inspector';
import { showBackrefs } from 'showbackref';

const listeners = () => {
  const names = [
    ...process.eventNames(),
    'exit',
    'SIGINT',
    'SIGUSR1',
    'uncaughtException',
    'warning',
  ];
  return Object.fromEntries(names.map((name) => [String(name), process.listenerCount(name)]));
};

const x = new EventEmitter();
const globals = Object.getOwnPropertyNames(globalThis);
const before = listeners();
let beats = 0;
const timer = setInterval(() => {
  beats += 1;
}, 1);
const answer = showBackrefs(x, { out: process.argv[2] });
const beatsWithinCall = beats;
const { nodes } = await answer;
clearInterval(timer);

const added = Object.getOwnPropertyNames(globalThis).filter((name) => !globals.includes(name));
const after = listeners();
const report = { nodes: nodes.length, beatsWithinCall, beats, before, after, added };
process.stdout.write(JSON.stringify({ ...report, url: inspector.url() ?? null }));
