import { describe, expect, test } from 'vitest';
import { gapsOf } from '../../../src/report/sentences/gaps.js';
import type { SentenceStep } from '../../../src/report/sentences/sentence-step.js';
import { chainSentences } from '../../../src/report/sentences.js';
import { caseCount } from '../../support/cases.js';
import { fixtureFile } from '../../support/fixtures.js';
import { HeapBuilder } from '../../support/heap-builder.js';
import { heapOf } from '../../support/heap-of.js';

const WORDS = {
  verb: 'is',
  what: '',
  tie: 'of',
  holder: null,
  after: '',
  kind: null,
  variable: null,
};

/**
 * One step for each letter, from the target up: `p` of a package, `o` of the program, `.` without a place, `v` by
 * a variable, `1` a holder of many, `m` a module.
 */
function steps(letters: string): readonly SentenceStep[] {
  return [...letters].map((letter) => ({
    holder: {
      is: letter === 'm' ? { kind: 'module', file: 'a.js' } : { kind: 'object', name: letter },
      ...{ id: '', title: letter, showsId: false, location: null, isRoot: false },
    },
    words: [WORDS],
    ...(letter === '.' ? {} : { isForeign: letter === 'p' }),
    ...(letter === 'v' && { isKept: true }),
    ...(letter === '1' && { share: { count: 9, of: 9 } }),
  }));
}

/** With `-` for what is left out, and `_` for the holder that is named after it. */
function shortened(letters: string): string {
  const signs = [...letters];
  for (const { start, end } of gapsOf(steps(letters)))
    signs.fill('-', start, end).fill('_', end, end + 1);
  return signs.join('');
}

describe('a long sentence', () => {
  test.each([
    // a short one is told whole, packages or not
    ['opppppppo', 'opppppppo'],
    // first goes what packages do among themselves
    ['opppppooooo', 'o----_ooooo'],
    // what has no place of its own is a package's between two others of packages only
    ['op...p..oooo', 'o----_..oooo'],
    // to leave out one object saves no words
    ['oppoppoppoppo', 'oppo-----_ppo'],
    // who holds many stays, and by what that is held
    ['opppp1pppppo', 'o---_1p---_o'],
    // so do names, wherever they are
    ['opppvpppppvo', 'o--_v----_vo'],
    // of a row of names the ends
    ['oovvvvvvvvvvvvoo', 'oov--------_vvoo'],
    // first goes what is above the last module, too
    ['ooooomooooo', 'ooooom----_'],
    // then the middle
    ['oooooooooooo', 'oooo----_ooo'],
    ['ooooo1oooooo', 'oo--_1oooooo'],
  ])('%s becomes %s', (letters, expected) => {
    expect(shortened(letters)).toBe(expected);
  });
});

/** Real leaks, with what a sentence has to name. */
const TOLD = [
  [
    'observers-of-mobx',
    'BasketRequest',
    'up to Reaction, which is an element of Array (holds 123 of 123), which is property observers of ObservableValue',
  ],
  [
    'instances-of-side-effect',
    'ArticleBody',
    'up to SideEffect, which is an element of Array (holds 123 of 123), which is variable mountedInstances',
  ],
  [
    'timer-of-react-query',
    'ProfileResponse',
    'which is run by the timers after 300000 ms (they hold 123 of 123).',
  ],
  [
    'children-of-module',
    'PriceTable',
    'which is an element of Array (holds 123 of 123), which is property children of Module',
  ],
  [
    'listener-of-i18next',
    'RequestLocale',
    '; each of the 122 others is held by the next: its I18n is variable _this8',
  ],
] as const;

test.each(TOLD.slice(0, caseCount(TOLD.length, 2)))(
  'the sentence of %s says who holds all %s',
  async (leak, target, words) => {
    const heap = await heapOf(fixtureFile(`leaks/${leak}.heapsnapshot.gz`));
    const { subgraph } = heap.backrefs([`class:${target}`]);
    expect(chainSentences(subgraph)[0]).toContain(words);
  },
);

test('several of what has a common noun are in the plural', async () => {
  const heap = new HeapBuilder();
  const list = heap.node('object', 'Array');
  heap.edge(heap.global, 'property', 'list', list);
  for (let i = 0; i < 3; i++) {
    const [holder, text] = [heap.node('object', 'Holder'), heap.node('string', `text ${i}`)];
    heap.edge(list, 'element', i, holder).edge(holder, 'property', 'text', text);
    heap.edge(holder, 'property', 'call', heap.closure(''));
  }
  const opened = await heapOf(heap.bytes());
  const first = (target: string) =>
    chainSentences(opened.backrefs([target], { all: true }).subgraph)[0];
  expect(first('string:/text/')).toMatch(/^All 3 strings: each is property text of Holder/);
  expect(first('fn:/^$/')).toMatch(/^All 3 anonymous functions: each is property call of Holder/);
  expect(first('class:Holder')).toMatch(/^All 3 Holder: each is an element of Array/);
});
