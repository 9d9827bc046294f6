// Waits for a debugger to set `isWatched`, then stops for it; its console calls showBackrefs.
globalThis.showBackrefs = require('showbackref').showBackrefs;
globalThis.isWatched = false;

function main() {
  const x = [1];
  const y = [x, [x], { a: x }];
  debugger;
  return y;
}

const timer = setInterval(() => {
  if (!globalThis.isWatched) return;
  clearInterval(timer);
  main();
}, 1);
