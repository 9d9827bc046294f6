// Calls showBackrefs where the heap is large, in one array that is quickly taken.
const { showBackrefs } = require('showbackref');

const list = new Array(27_000_000).fill(0.5);
const options = process.argv[2] === 'quiet' ? { quiet: true } : {};
showBackrefs(list, options).then(() => process.stdout.write('answered'));
