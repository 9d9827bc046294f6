import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { memoryFormats } from '../../src/cli/mprof-formats.js';
import { lineFormats } from '../../src/lines/report/line-formats.js';
import { optionsOf } from '../../src/question/command-options.js';
import { COMMANDS } from '../../src/question/commands.js';
import { formatsOf } from '../../src/question/format-names.js';
import type { Door, Option } from '../../src/question/option.js';
import { OPTIONS } from '../../src/question/options.js';
import { defaultValues } from '../../src/question/read-options.js';
import { DEFAULT_COLLECT_OPTIONS, walkDefaults } from '../../src/question/walk-options.js';
import { outputFormats } from '../../src/report/formats.js';
import { tableFormats } from '../../src/report/tables/table-formats.js';
import { toFlagName } from '../../src/util/sentence.js';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const DOORS: readonly Door[] = ['shell', 'prompt', 'program', 'heap'];
const rows: readonly Option[] = OPTIONS;

describe('the table of options', () => {
  test.each(COMMANDS.map(({ name }) => name))('%s has each name and letter once', (command) => {
    for (const door of DOORS) {
      const options = optionsOf(command, door);
      const names = options.map(({ name }) => name);
      const letters = options.flatMap(({ letter }) => letter ?? []);
      expect(names).toEqual([...new Set(names)]);
      expect(letters).toEqual([...new Set(letters)]);
    }
  });

  test('every row can be given somewhere, and says what it does in one line', () => {
    for (const { on, doors, words } of rows) {
      expect(on.length * doors.length).toBeGreaterThan(0);
      expect(words).toMatch(/^[A-Z][^\n]+[^.]$/);
    }
  });

  test('a program can say everything about a picture that the command line can', () => {
    const hereOnly = [
      'target',
      'nth',
      'largest',
      'all',
      'minSize',
      'when',
      'nodeArg',
      'page',
      'worker',
    ];
    const others = ['budget', 'keep', 'template', 'width', 'maxMemory', 'timeout', 'debug'];
    const program = optionsOf('backrefs', 'program').map(({ name }) => name);
    const shell = optionsOf('backrefs', 'shell').map(({ name }) => name);
    expect(shell.filter((name) => !program.includes(name)).sort()).toEqual(
      [...hereOnly, ...others].sort(),
    );
    expect(program.filter((name) => !shell.includes(name))).toEqual([]);
  });

  test('the defaults are those of the contract', () => {
    expect(DEFAULT_COLLECT_OPTIONS).toEqual({
      depth: 3,
      fanIn: 10,
      maxNodes: 120,
      toRoots: true,
      paths: 1,
      everything: false,
      group: true,
      hide: [],
      stop: [],
      highlight: [],
      weak: false,
      internals: false,
      retained: false,
      redact: 'secrets',
    });
    expect(walkDefaults('chain').maxNodes).toBe(Number.MAX_SAFE_INTEGER);
    expect(walkDefaults('refs')).toEqual(DEFAULT_COLLECT_OPTIONS);
    const { legend, theme, sourceMaps, quiet, target, limit, unit } = defaultValues();
    expect({ legend, theme, sourceMaps, quiet, target, limit, unit }).toEqual({
      legend: true,
      theme: null,
      sourceMaps: [],
      quiet: false,
      target: [],
      limit: null,
      unit: 1e-6,
    });
  });
});

describe('the names of formats', () => {
  const named = (formats: readonly { readonly name: string; readonly extension: string }[]) =>
    formats.map(({ name, extension }) => ({ name, extension }));

  test('are those that can be written', () => {
    expect(formatsOf('backrefs')).toEqual(named(outputFormats));
    expect(formatsOf('types')).toEqual(named(tableFormats));
    expect(formatsOf('info')).toEqual(named(tableFormats));
    expect(formatsOf('lprun')).toEqual(named(lineFormats));
    expect(formatsOf('mprof')).toEqual(named(memoryFormats));
    const all = new Set([...tableFormats, ...outputFormats].map(({ name }) => name));
    expect(formatsOf('growth').map(({ name }) => name)).toEqual([...all]);
  });
});

describe('messages', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.c?ts$/.test(file),
  );
  const textOf = (file: string) => readFileSync(join(SRC, file), 'utf8');

  test('name options as data, which each door spells', () => {
    const flags = new Set(rows.map(({ name }) => `--${toFlagName(name)}`));
    // the server's own options are typed where it is started, whatever asks it
    const typed = /^(?:cli|question|prompt|entry|mcp)\//;
    const wrong = files
      .filter((file) => !typed.test(file))
      .flatMap((file) =>
        withoutComments(textOf(file))
          .split('\n')
          .filter((line) => (line.match(/--[a-z][a-z-]*/g) ?? []).some((flag) => flags.has(flag)))
          .map((line) => `${file}: ${line.trim()}`),
      )
      // examples of what a secret looks like
      .filter((line) => !line.startsWith('redact/secret-rules.ts'));
    expect(wrong).toEqual([]);
  });

  test('name none that is not in the table', () => {
    const names = new Set(rows.map(({ name }) => name));
    const mentioned = files.flatMap((file) =>
      [...textOf(file).matchAll(/\boption\('(\w+)'/g)].map(([, name = '']) => name),
    );
    expect(mentioned.length).toBeGreaterThan(30);
    expect(mentioned.filter((name) => !names.has(name))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
