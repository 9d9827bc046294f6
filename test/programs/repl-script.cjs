#!/usr/bin/env node
'use strict';
// Run by `showbackref repl`, which shows a prompt at its end.
const path = require('node:path');
let count = 0;
class Session {
  constructor(name) {
    this.name = name;
    count += 1;
  }
}
const sessions = process.argv.slice(2).map((name) => new Session(path.basename(name)));
function sum(n) {
  let s = 0;
  for (let i = 0; i < n; i++) s += i;
  return s;
}
const crypto = 'its own';
console.log(`isMain: ${require.main === module}`);
if (sessions.length === 0) throw new RangeError('no names');
var last = sessions.at(-1);
