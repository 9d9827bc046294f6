import { expect, it } from 'vitest';
import { displaySource } from '../../src/source-maps/display-source.js';

it.each([
  ['src/app.ts', 'src/app.ts'],
  ['../src/app.ts', 'src/app.ts'],
  ['../../../src/routes/app.ts', 'src/routes/app.ts'],
  ['./app.ts', 'app.ts'],
  ['..\\src\\app.ts', 'src/app.ts'],
  ['webpack://shop/./src/app.ts?abcd', 'src/app.ts'],
  ['webpack:///src/app.ts', 'src/app.ts'],
  ['https://example.com/src/app.ts', 'src/app.ts'],
  ['../node_modules/left-pad/index.ts', 'left-pad/index.ts'],
  ['/home/me/project/src/app.ts', 'app.ts'],
  ['file:///home/me/src/a%20b.ts', 'a b.ts'],
  ['C:\\Users\\me\\src\\app.ts', 'app.ts'],
  ['../../../home/me/project/src/app.ts', 'app.ts'],
  ['../../Users/me/src/app.ts', 'app.ts'],
])('%s is shown as %s', (source, shown) => {
  expect(displaySource(source)).toBe(shown);
});
