// For `node inspect`: stops in a function.
const cache = new Map();

function handle(name) {
  const request = { name };
  cache.set(name, request);
  debugger;
  return request;
}

handle('first');
handle('second');
