import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';

const SNAPSHOT = 'test/fixtures/node-26/scenarios.heapsnapshot.gz';

describe('help', () => {
  test('names every option with its default, and the exit codes', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const option of [
      ...['target', 'nth', 'largest', 'all', 'when', 'page', 'worker', 'node-arg'],
      ...[
        'depth',
        'fan-in',
        'max-nodes',
        'to-roots',
        'paths',
        'group',
        'cut',
        'hide',
        'stop',
        'highlight',
      ],
      ...['weak', 'internals', 'retained', 'out', 'format', 'title', 'theme', 'legend'],
      ...['quiet', 'debug', 'help', 'version'],
    ]) {
      expect(stdout).toContain(`--${option} `);
    }
    for (const words of [
      '(default: 3)',
      '(default: 10)',
      '(default: 120)',
      'Exit codes: 0 answered',
    ]) {
      expect(stdout).toContain(words);
    }
  });

  test('is the error message if nothing was asked', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--target');
  });

  test('the version is the package’s', async () => {
    const { stdout, code } = await runCli(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('usage errors are one sentence on stderr, exit code 2, before any work', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['no target', [SNAPSHOT], 'no --target given'],
    ['an empty target', [SNAPSHOT, '--target', ''], '--target is empty'],
    [
      'a broken regular expression',
      [SNAPSHOT, '--target', 'class:/[/'],
      '"/[/" is not a regular expression',
    ],
    [
      'a broken pattern',
      [SNAPSHOT, '--target', 'x', '--hide', '/(/'],
      '"/(/" is not a regular expression',
    ],
    ['an unknown option', [SNAPSHOT, '--target', 'x', '--frob'], 'frob'],
    ['an unknown extension', [SNAPSHOT, '--target', 'x', '--out', 'a.webp'], '".webp"'],
    ['no extension', [SNAPSHOT, '--target', 'x', '--out', 'picture'], '"picture" has no extension'],
    ['an unknown format', [SNAPSHOT, '--target', 'x', '--format', 'bmp'], '--format "bmp"'],
    [
      'a depth that is not a number',
      [SNAPSHOT, '--target', 'x', '--depth', 'deep'],
      '--depth "deep"',
    ],
    ['a negative depth', [SNAPSHOT, '--target', 'x', '--depth=-1'], '--depth "-1"'],
    ['a fan-in of zero', [SNAPSHOT, '--target', 'x', '--fan-in', '0'], '--fan-in "0"'],
    [
      'an option given twice',
      [SNAPSHOT, '--target', 'x', '--depth', '1', '--depth', '2'],
      '--depth is given 2 times',
    ],
    ['an unknown theme', [SNAPSHOT, '--target', 'x', '--theme', 'pink'], '--theme "pink"'],
    ['an unknown moment', ['a.js', '--target', 'x', '--when', 'noon'], '--when "noon"'],
    ['two sources', ['a.heapsnapshot', 'b.heapsnapshot', '--target', 'x'], 'more than one source'],
    ['a command of a later version', ['open', SNAPSHOT, '--target', 'x'], 'the command "open"'],
    ['a limit for a picture', [SNAPSHOT, '--target', 'x', '--limit', '3'], 'limit'],
    ['an unknown order', ['types', SNAPSHOT, '--sort', 'name'], '--sort "name" is unknown'],
    [
      'an order of types for growth',
      ['growth', SNAPSHOT, SNAPSHOT, '--sort', 'retained'],
      '--sort',
    ],
    ['a limit of nothing', ['types', SNAPSHOT, '--limit', '0'], '--limit "0"'],
    ['an empty filter', ['types', SNAPSHOT, '--filter', ''], '--filter is empty'],
    ['a broken filter', ['types', SNAPSHOT, '--filter', '/(/'], '"/(/" is not a regular'],
    [
      'a limit without a number',
      ['types', SNAPSHOT, '--fail-on', 'Foo>many'],
      '"Foo>many" is not a limit',
    ],
    ['a limit without a class', ['types', SNAPSHOT, '--fail-on', '>3'], '">3" is not a limit'],
    [
      'a limit without a sign',
      ['growth', SNAPSHOT, SNAPSHOT, '--fail-on', 'Foo'],
      '"Foo" is not a limit',
    ],
    [
      'a limit with a false unit',
      ['types', SNAPSHOT, '--fail-on', 'Foo>3parsec'],
      'is not a limit',
    ],
    ['a limit for texts', ['types', SNAPSHOT, '--strings', '--fail-on', 'a>1'], 'leave --strings'],
    [
      'what texts retain',
      ['types', SNAPSHOT, '--strings', '--sort', 'retained'],
      '--sort retained',
    ],
    ['a table as a picture', ['types', SNAPSHOT, '--out', 'a.png'], '".png" is not a known format'],
    ['a table in no format', ['info', SNAPSHOT, '--format', 'dot'], '--format "dot" is unknown'],
    ['growth of one file', ['growth', SNAPSHOT], `give a second snapshot after "${SNAPSHOT}"`],
    ['a picture without --draw', ['growth', SNAPSHOT, SNAPSHOT, '--out', 'a.png'], 'add --draw'],
    ['a pace for files', ['growth', SNAPSHOT, SNAPSHOT, '--count', '3'], '--every and --count are'],
    ['a pace for a script', ['growth', 'a.js', '--every', '3s'], '--every is for a program that'],
    [
      'a pace that is not a time',
      ['growth', 'pid:1', '--every', 'often'],
      '--every "often" is not a time',
    ],
    ['a single look', ['growth', 'pid:1', '--count', '1'], '--count "1"'],
    [
      'a pace for leaks in files',
      ['leaks', SNAPSHOT, '--rounds', '3'],
      '--rounds is for a live source',
    ],
    [
      'a pace for leaks in several files',
      ['leaks', SNAPSHOT, SNAPSHOT, '--every', '3s'],
      '--every is for a single live source',
    ],
    [
      'a pace for leaks in a script',
      ['leaks', 'a.js', '--every', '3s'],
      '--every is for a program',
    ],
    ['a call in a process', ['leaks', 'pid:1', '--call', 'f'], '--call is for a script'],
    ['calls of nothing', ['leaks', 'a.js', '--times', '3'], '--times is for --call'],
    ['a call of code', ['leaks', 'a.js', '--call', 'f()'], '--call "f()" is not the name of a'],
    ['no call', ['leaks', 'a.js', '--call', ''], '--call "" is not the name of a function'],
    ['no command', ['leaks', 'pid:1', '--between', ''], '--between is empty; give a command'],
    [
      'two paces for leaks',
      ['leaks', 'pid:1', '--every', '3s', '--between', 'true'],
      '--every and --between exclude each other',
    ],
    ['one round', ['leaks', 'pid:1', '--rounds', '1'], '--rounds "1" is not a whole number from 2'],
    [
      'no time for leaks',
      ['leaks', 'pid:1', '--every', 'day'],
      'use one such as 30s or 2m, or "enter"',
    ],
    [
      'Enter without a terminal',
      ['leaks', 'pid:1', '--every', 'enter'],
      '--every enter needs a terminal',
    ],
    ['an option of another command', ['capture', 'a.js', '--target', 'x'], 'target'],
    ['a process without a name', ['pid:', '--target', 'x'], '"pid:" is not a process id'],
    [
      'a number that is too large',
      [`pid:${'9'.repeat(20)}`, '--target', 'x'],
      'is not a process id',
    ],
    [
      'one capture',
      ['capture', 'pid:1', '--out', 'a-%d.heapsnapshot', '--count', '1'],
      '--count "1"',
    ],
    [
      'captures of one name',
      ['capture', 'pid:1', '--out', 'a.heapsnapshot', '--count', '3'],
      '--count needs one %d in the name of the file',
    ],
    [
      'a pace for one capture',
      ['capture', 'pid:1', '--out', 'a.heapsnapshot', '--every', '3s'],
      '--every is for several captures',
    ],
    [
      'captures of a file',
      ['capture', SNAPSHOT, '--out', 'a-%d.heapsnapshot', '--count', '3'],
      '--count is for a live source',
    ],
    ['the process 0', ['pid:0', '--target', 'x'], '"pid:0" is not a process id'],
    [
      'an address of a kind',
      ['https://a:1', '--target', 'x'],
      '"https://a:1" is not the address of an',
    ],
    ['a page of a file', [SNAPSHOT, '--target', 'x', '--page', 'shop'], '--page "shop" is for a'],
    ['a page of a process', ['pid:1', '--target', 'x', '--page', 'a'], '"pid:1" is not; leave it'],
    ['a worker of a script', ['a.js', '--target', 'x', '--worker', '1'], '--worker "1" is for a'],
    ['an empty page', ['a:1', '--target', 'x', '--page', ''], '--page is empty'],
    ['a broken page', ['a:1', '--target', 'x', '--page', '/(/'], '"/(/" is not a regular'],
  ];
  test.each(cases)('%s', async (_, argv, words) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
  });
});

test('--debug adds the stack to an error', async () => {
  const { stderr } = await runCli([SNAPSHOT, '--target', 'x', '--theme', 'pink', '--debug']);
  expect(stderr).toContain('    at ');
});

test('text from the command line cannot control the terminal', async () => {
  const { stderr } = await runCli([SNAPSHOT, '--target', 'x', '--theme', '\u001b[31mred\u202e']);
  expect(stderr).not.toContain('\u001b');
  expect(stderr).not.toContain('\u202e');
  expect(stderr).toContain('\\u001b[31mred');
});
