const { showBackrefs } = require('showbackref');

const x = [1];
const y = [x, [x], { a: x }];
showBackrefs(x, { out: process.argv.slice(2) });
