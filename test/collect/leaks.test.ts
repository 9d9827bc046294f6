import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { chainSentences } from '../../src/report/sentences.js';
import { fixtureFile } from '../support/fixtures.js';
import { heapOf } from '../support/heap-of.js';

async function askFor(leak: string, className: string): Promise<Subgraph> {
  const heap = await heapOf(fixtureFile(`leaks/${leak}.heapsnapshot.gz`));
  return heap.backrefs([`class:${className}`], { everything: true }).subgraph;
}

/** The arrows as `Array -[*] x 123-> Reaction x 123`. */
function arrows({ nodes, edges }: Subgraph): readonly string[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label.replace(/ @\d+$/, '')]));
  return edges.map(({ from, to, label, count }) => {
    const times = count === undefined ? '' : ` x ${count}`;
    return `${labels.get(from)} -${label}${times}-> ${labels.get(to)}`;
  });
}

/** Boxes that stand for only part of a group. */
function parts({ nodes }: Subgraph, whole: readonly number[]): readonly string[] {
  return nodes
    .filter(({ count }) => count !== undefined && !whole.includes(count))
    .map(({ label }) => label);
}

describe('123 objects that leaked, in the picture and in a sentence:', () => {
  test('the observers of an ObservableValue hold the requests of mobx-react', async () => {
    const subgraph = await askFor('observers-of-mobx', 'BasketRequest');
    expect(arrows(subgraph)).toEqual(
      expect.arrayContaining([
        'module driver.js -shopSettings-> Object',
        'ObservableValue -.observers-> Array',
        'Array -[*] x 123-> Reaction x 123',
        'Reaction x 123 -.onInvalidate x 123-> anonymous function x 123',
      ]),
    );
    expect(parts(subgraph, [123])).toEqual([]);
    expect(chainSentences(subgraph)).toEqual([
      'All 123 BasketRequest: each is property request of Object, which is property props of ' +
        'BasketView, and so on through 2 more objects up to Reaction, which is an element of Array, ' +
        'which is property observers of ObservableValue, which is property currency of Object, which ' +
        'is property values of ObservableObjectAdministration, which is property $mobx of Object, ' +
        'which is the module variable shopSettings of driver.js.',
    ]);
  });

  test('a listener of each instance holds the one before, and a module variable the last', async () => {
    const subgraph = await askFor('listener-of-i18next', 'RequestLocale');
    const file = 'next-i18next/dist/commonjs/createClient/node.js';
    expect(arrows(subgraph)).toEqual(
      expect.arrayContaining([
        `module ${file} -instance-> I18n x 123`,
        'Object x 122 -["*"] x 122-> Array x 122',
        'Array x 122 -[0] x 122-> anonymous function x 122',
        'anonymous function x 122 -_this8 x 122-> I18n x 123',
        'anonymous function x 122 -clone x 122-> I18n x 123',
      ]),
    );
    expect(chainSentences(subgraph)).toEqual([
      '1 of 123 RequestLocale is held as "mark" by function format, which is property format of ' +
        `I18n, which is the module variable instance of ${file}; each of the 122 others is held by ` +
        'the next: its I18n is variable _this8 in an anonymous function, which is an element of ' +
        'Array, which is property "*" of Object, which is property observers of Translator, which ' +
        'is property translator of the next I18n.',
    ]);
  });

  test('timers of five minutes hold the responses of react-query', async () => {
    const subgraph = await askFor('timer-of-react-query', 'ProfileResponse');
    expect(arrows(subgraph)).toEqual(
      expect.arrayContaining([
        'timers -timer 300000 ms x 123-> Timeout x 123',
        'Timeout x 123 -._onTimeout x 123-> anonymous function x 123',
        'anonymous function x 123 -_this x 123-> Query x 123',
      ]),
    );
    // twice for each response, because of two promises
    expect(parts(subgraph, [123, 246])).toEqual([]);
    expect(chainSentences(subgraph)).toEqual([
      'All 123 ProfileResponse: each is property data of Object, which is property state of Query, ' +
        'which is variable _this in an anonymous function, which is the callback of Timeout, which ' +
        'is run by the timers after 300000 ms.',
    ]);
  });

  test('mountedInstances holds the pages of react-side-effect', async () => {
    const subgraph = await askFor('instances-of-side-effect', 'ArticleBody');
    expect(arrows(subgraph)).toEqual(
      expect.arrayContaining([
        'scope of wrap() -mountedInstances-> Array',
        'Array -[*] x 123-> SideEffect x 123',
      ]),
    );
    // two elements for each page
    expect(parts(subgraph, [123, 246])).toEqual([]);
    expect(chainSentences(subgraph)).toEqual([
      'All 123 ArticleBody: each is property article of ArticlePage, and so on through 3 more objects ' +
        'up to SideEffect, which is an element of Array, which is variable mountedInstances in the scope of wrap, which is the ' +
        'scope around scope, which is closed over by function SideEffect, which is the module ' +
        'variable DocumentTitle of driver.js.',
    ]);
  });

  test('the children of a module hold its copies, which are in no cache', async () => {
    const subgraph = await askFor('children-of-module', 'PriceTable');
    expect(arrows(subgraph)).toEqual(
      expect.arrayContaining([
        'process -.mainModule-> Module',
        'Module -.children-> Array',
        'Array -[*] x 123-> Module x 123',
        'Module x 123 -.exports x 123-> lookup() x 123',
      ]),
    );
    expect(parts(subgraph, [123])).toEqual([]);
    expect(subgraph.nodes.filter(({ role }) => role === 'root').map(({ name }) => name)).toEqual([
      'process',
    ]);
    expect(chainSentences(subgraph)).toEqual([
      'All 123 PriceTable: each is the module variable prices of pricelist.js, which is closed over ' +
        'by function lookup, which is property exports of Module, which is an element of Array, ' +
        'which is property children of Module, which is property mainModule of process.',
    ]);
  });
});
