globalThis.cache = { entries: ['first'] };
console.log('done');
