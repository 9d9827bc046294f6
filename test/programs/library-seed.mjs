import { showBackrefs } from 'showbackref';

const x = [1];
const y = [x, [x], { a: x }];
await showBackrefs(x, { out: process.argv.slice(2) });
