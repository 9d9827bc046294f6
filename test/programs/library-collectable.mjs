// A file for node:test: one object that leaks and one that does not, 'node --test' style.
import { test } from 'node:test';
import { assertCollectable } from 'showbackref/assert';

class Session {
  constructor() {
    this.payload = [1, 2, 3];
  }
}
const clients = new Map();
const [out] = process.argv.slice(2);

function open(id) {
  const session = new Session();
  clients.set(id, session);
  return session;
}

test('leaks', () => assertCollectable(() => open('anna'), { out }));
test('leaks, asked by its WeakRef', async () => {
  await assertCollectable(new WeakRef(open('berta')), { out: false });
});
test('is let go of', async () => {
  await assertCollectable(async () => {
    const session = open('carla');
    await null;
    clients.delete('carla');
    return session;
  });
});
test('is let go of, asked by its WeakRef', async () => {
  const reference = (() => new WeakRef(open('dora')))();
  clients.delete('dora');
  await assertCollectable(reference);
});
test('is not a subject', () => assertCollectable({}));
test('makes no object', () => assertCollectable(() => 7));
