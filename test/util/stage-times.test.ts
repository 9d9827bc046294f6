import { expect, it } from 'vitest';
import { StageTimes } from '../../src/util/stage-times.js';

it('says how long each stage took, from the start of the process', () => {
  let now = 0;
  const times = new StageTimes(() => now);
  now = 40;
  times.begin('Reading');
  now = 1290.6;
  times.begin('Drawing');
  now = 1300;
  expect(times.toLines()).toEqual([
    'Starting      40 ms',
    'Reading     1251 ms',
    'Drawing        9 ms',
    'total       1300 ms',
  ]);
});
