import { expect, test } from 'vitest';
import { parseMoment } from '../../src/question/moment.js';

test.each([
  ['debugger', { kind: 'debugger' }],
  ['exit', { kind: 'exit' }],
  ['5s', { kind: 'after', ms: 5000 }],
  ['500ms', { kind: 'after', ms: 500 }],
  ['1.5s', { kind: 'after', ms: 1500 }],
  ['2m', { kind: 'after', ms: 120_000 }],
  ['app.js:12', { kind: 'line', file: 'app.js', line: 12 }],
  ['./src/app.js:12', { kind: 'line', file: 'src/app.js', line: 12 }],
  ['C:\\app\\a.js:3', { kind: 'line', file: 'C:\\app\\a.js', line: 3 }],
])('%s', (text, moment) => {
  expect(parseMoment(text)).toEqual(moment);
});

test.each(['noon', '5', '5h', 'app.js', 'app.js:0', 'app.js:x', ':5', ''])(
  'not a moment: "%s"',
  (text) => {
    expect(() => parseMoment(text)).toThrow(`when "${text}" is unknown`);
  },
);
