// Waits for a debugger that calls showBackrefs while nothing runs.
globalThis.showBackrefs = require('showbackref').showBackrefs;
globalThis.cache = { foo: [1] };
setInterval(() => {
  debugger;
}, 1);
