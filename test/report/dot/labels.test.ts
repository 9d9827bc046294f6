import { describe, expect, it } from 'vitest';
import {
  edgeLines,
  edgeTooltip,
  nodeLines,
  nodeTooltip,
} from '../../../src/report/dot/dot-labels.js';
import { edge, node } from '../build-subgraph.js';

const PATH = '/home/user/project/node_modules/@scope/package/dist/lib/index.js:1234:56';

describe('nodeLines', () => {
  it('shows name, content and place, size', () => {
    const one = node('Session @1', {
      preview: '{id}',
      location: 'app.js:3:7',
      shallowSize: 24,
      retainedSize: 1_234_567,
    });
    expect(nodeLines(one)).toEqual(['Session @1', '{id}, app.js:3:7', '24 B, retains 1.2 MB']);
  });

  it('leaves out lines with nothing to say', () => {
    expect(nodeLines(node('timers', { role: 'root' }))).toEqual(['timers']);
    expect(nodeLines(node('f @2', { location: 'a.js:1:1' }))).toEqual(['f @2', 'a.js:1:1', '16 B']);
  });

  it('does not repeat a location the label has', () => {
    const fields = { id: 'frame:0', type: 'frame', role: 'root', location: 'seed.js:4:1' } as const;
    const frame = node('module seed.js:4', fields);
    expect(nodeLines(frame)).toEqual(['module seed.js:4']);
  });

  it('keeps the end of a long location beside a long preview', () => {
    const [, line = ''] = nodeLines(node('A @1', { preview: 'x'.repeat(99), location: PATH }));
    expect(line).toMatch(/^x+…, ….*index\.js:1234:56$/);
    expect([...line].length).toBe(60);
  });

  it('cuts a long name before its id or count', () => {
    const name = 'Factory'.repeat(20);
    for (const end of [' @79521', ' x 1,204']) {
      const [line = ''] = nodeLines(node(`${name}${end}`, { id: '@1' }));
      expect(line).toBe(`${name.slice(0, 59 - end.length)}…${end}`);
    }
  });

  it('cuts a list of properties between two of them', () => {
    const preview = '{_idlePrev, _idleNext, _onTimeout, _timerArgs, _repeat, …}';
    const timer = node('Timeout @1', { preview, location: 'node:internal/timers:170:14' });
    expect(nodeLines(timer)[1]).toBe('{_idlePrev, _idleNext, …}, node:internal/timers:170:14');
    const long = node('A @1', { preview: `{${'x'.repeat(30)}, ${'y'.repeat(40)}}` });
    expect(nodeLines(long)[1]).toBe(`{${'x'.repeat(30)}, …}`);
    const one = node('A @1', { preview: `{${'x'.repeat(99)}}` });
    expect(nodeLines(one)[1]).toBe(`{${'x'.repeat(58)}…`);
  });

  it('wraps the text about omitted nodes instead of cutting it', () => {
    const label = '137 more: 30 Array, 7 Closure, 90 Session, 10 WebSocketConnection';
    expect(nodeLines(node(label, { role: 'more' }))).toEqual([
      '137 more: 30 Array, 7 Closure,',
      '90 Session, 10',
      'WebSocketConnection',
    ]);
  });

  it('has at most 3 lines of 60, for names of a megabyte too', () => {
    const huge = 'name\u202e '.repeat(170_000);
    for (const role of ['holder', 'more', 'root'] as const) {
      const lines = nodeLines(node('x', { role, label: huge, preview: huge, location: huge }));
      expect(lines.length).toBeLessThanOrEqual(3);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(60);
    }
  });
});

describe('edges and tooltips', () => {
  it('cuts a long reference', () => {
    expect(edgeLines(edge('@1', '@2', `.${'k'.repeat(99)}`))).toEqual([`.${'k'.repeat(58)}…`]);
  });

  it('says more in a tooltip, up to 500', () => {
    const one = node('Session @1', { preview: 'y'.repeat(900), location: 'app.js:3:7' });
    expect([...nodeTooltip(one)].length).toBe(500);
    expect(nodeTooltip(node('A @1', { location: PATH }))).toBe(`A @1, ${PATH}, 16 B`);
    expect(edgeTooltip(edge('@2', '@1', '.a'), node('B @2'), node('A @1'))).toBe(
      'B @2 holds A @1 by .a',
    );
  });
});
