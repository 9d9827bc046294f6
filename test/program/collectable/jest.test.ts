import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { beforeAll, expect, test } from 'vitest';
import type * as Entry from '../../../src/entry/jest.cjs';

const FILE = createRequire(import.meta.url).resolve('showbackref/jest');

/*
 * As Jest does with a test file and all modules that it requires: runs them as functions in a
 * separate context, where `process` is a copy, nothing can import ES modules, and clocks may stand
 * still.
 */
const context = vm.createContext({ setTimeout: () => undefined, process: {} });

function inContext<T>(text: string, names: readonly string[], given: readonly unknown[]): T {
  const run = vm.compileFunction(text, names as string[], { parsingContext: context });
  return run(...given) as T;
}

let entry: typeof Entry;
let open: (isKept: boolean) => () => object;

beforeAll(() => {
  const module: { exports: unknown } = { exports: {} };
  const names = ['module', 'exports', 'require', '__filename'];
  const builtins = (name: string) => {
    if (name.startsWith('node:')) return process.getBuiltinModule(name);
    throw new Error(`${name} is not a built-in module: it would be an ES module in this context`);
  };
  inContext(readFileSync(FILE, 'utf8'), names, [module, module.exports, builtins, FILE]);
  entry = module.exports as typeof Entry;
  open = inContext(
    `class Session {}
    const clients = new Map();
    return (isKept) => () => {
      const session = new Session();
      if (isKept) clients.set('anna', session);
      return session;
    };`,
    [],
    [],
  );
});

test('toBeCollectable of another context shows what holds an object there', async () => {
  const matcher = entry.toBeCollectable.bind({ currentTestName: 'a test' });
  const kept = await matcher(open(true), { out: false });
  expect(kept.pass).toBe(false);
  expect(kept.message()).toMatch(/Session @\d+ is in Map @\d+ under "anna"/);
  expect((await matcher(open(false))).pass).toBe(true);
});

test('assertCollectable of another context does, too', async () => {
  const failure = entry.assertCollectable(open(true), { out: false });
  await expect(failure).rejects.toThrow(/Session @\d+ is not collectable: it is still held\./);
  await expect(entry.assertCollectable(open(false))).resolves.toBeUndefined();
});

test('negated, it does not look at the heap', async () => {
  const matcher = entry.toBeCollectable.bind({ isNot: true });
  const kept = await matcher(open(true));
  expect(kept.pass).toBe(false);
  expect(kept.message()).toContain('expected the object to stay alive');
  expect((await matcher(open(false))).pass).toBe(true);
});
