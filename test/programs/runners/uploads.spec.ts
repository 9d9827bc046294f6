import { test } from 'vitest';
import { startUpload, uploads } from './uploads.ts';

test('goes on until it is looked at', async () => {
  for (const name of ['a', 'b'] satisfies readonly string[]) startUpload(name);
  Object.assign(globalThis, { uploads });
  console.log('ready');
  await new Promise(() => undefined);
});
