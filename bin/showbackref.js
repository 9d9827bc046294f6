#!/usr/bin/env node
import { processIo } from '../dist/bundle/io.js';
import { run } from '../dist/bundle/main.js';

process.exitCode = await run(process.argv.slice(2), processIo());
// the answer is out: a connection that never came about must not keep the process waiting
setTimeout(() => process.exit(), 1000).unref();
