import vm = require('node:vm');

import type * as Assert from './assert.js' with { 'resolution-mode': 'import' };
import type * as Vitest from './vitest.js' with { 'resolution-mode': 'import' };

/*
 * Jest runs tests, and all modules that they require, in a separate context: it takes no ES modules
 * there without a flag, and its clocks and globals are not the program's. So the modules are loaded
 * in the context of Node.js itself, whose `process` leads to the `require` that Jest does not see.
 */
const { getBuiltinModule }: NodeJS.Process = vm.runInThisContext('process');
const load = getBuiltinModule('node:module').createRequire(__filename);

/**
 * The exports of `require('showbackref/jest')`: the same calls as in `showbackref/vitest` and
 * `showbackref/assert`.
 */
namespace entry {
  export const { toBeCollectable, toGrow }: typeof Vitest = load('./vitest.js');
  export const { assertCollectable, assertNoGrowth }: typeof Assert = load('./assert.js');
}

export = entry;

// biome-ignore lint/suspicious/noTsIgnore: there is an error only where Jest is not installed, as here
/** @ts-ignore the module is Jest's: `expect` of @jest/globals has its matchers from there */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** Fails when the object does not go away; see `showbackref/vitest`. */
    toBeCollectable(options?: Assert.CollectableOptions): Promise<R>;
  }
}
