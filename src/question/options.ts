import { REDACT_MODES } from '../redact/redactor.js';
import type { KindValues } from './kinds.js';
import type { Option } from './option.js';

const DRAWING = ['backrefs', 'refs', 'chain'] as const;
const LISTING = ['types', 'growth'] as const;
const HEAPS = [...DRAWING, ...LISTING, 'leaks', 'info'] as const;
const SOURCES = [...DRAWING, 'types', 'info', 'capture'] as const;
const LINES = ['lprun', 'mprun'] as const;

const LIVE = [...SOURCES, 'growth', 'leaks'] as const;
const RUNNING = [...SOURCES, 'growth', 'leaks', ...LINES, 'mprof', 'repl'] as const;
const WORKING = [...RUNNING, 'ps'] as const;

const SHELL = ['shell'] as const;
/** The doors at which an object is named instead of passed. */
const BY_NAME = ['shell', 'heap'] as const;
const TYPED = ['shell', 'prompt'] as const;
const PROGRAM = ['shell', 'program', 'heap'] as const;
const CALLED = ['shell', 'program'] as const;
const EVERYWHERE = ['shell', 'prompt', 'program', 'heap'] as const;

/**
 * All options of all commands, in the order of the help, with everything there is to know about
 * each and its words.
 */
// biome-ignore format: a table, two lines a row
export const OPTIONS = [
  { name: 'target', kind: 'target', group: 'Target', on: DRAWING, doors: SHELL, letter: 't', many: true,
    words: "Name the object: @id, x, 'a.b[0]', class:Foo, has:a,b, fn:f, string:/re/, var:x, global:x, largest, detached; in a live program also an expression, which runs there" },
  { name: 'nth', kind: 'count', group: 'Target', on: DRAWING, doors: BY_NAME, least: 1,
    words: 'Take the nth match only, from 1, in order of ids' },
  { name: 'nth', kind: 'count', group: 'Target', on: ['leaks'], doors: SHELL, least: 1,
    words: 'Draw the nth suspect, from 1 (default: 1)' },
  { name: 'largest', kind: 'switch', group: 'Target', on: DRAWING, doors: BY_NAME,
    words: 'Take the match that retains most' },
  { name: 'all', kind: 'switch', group: 'Target', on: DRAWING, doors: BY_NAME,
    words: 'Take all matches of a plain name' },
  { name: 'minSize', kind: 'size', group: 'Target', on: DRAWING, doors: BY_NAME,
    words: 'Take only matches of at least this shallow size, such as 10kB',
    inProgram: 'Take only matches of at least this shallow size in bytes' },
  { name: 'function', kind: 'text', group: 'Target', on: LINES, doors: TYPED, letter: 'f', value: 'NAME', many: true,
    words: 'Measure this function: primes, Session.close, server.js:handle' },
  { name: 'module', kind: 'text', group: 'Target', on: LINES, doors: TYPED, letter: 'm', value: 'PART', many: true, ifEmpty: 'give a part of a path',
    words: 'Measure all functions of the files with this in their path' },
  { name: 'live', kind: 'switch', group: 'Target', on: ['mprun'], doors: TYPED,
    words: 'Collect garbage at each line, to see what stays alive (slow)' },
  { name: 'when', kind: 'moment', group: 'Source', on: SOURCES, doors: SHELL,
    words: 'Look at a script at "debugger", "exit", FILE:LINE or after 5s (default: debugger)' },
  { name: 'nodeArg', kind: 'text', group: 'Source', on: RUNNING, doors: SHELL, value: 'ARG', many: true, isPrivate: true,
    words: 'Pass an argument to the Node.js that runs the script' },
  { name: 'page', kind: 'filter', group: 'Source', on: LIVE, doors: SHELL, ifEmpty: 'give a part of a title or URL',
    words: "Pick a browser's tab by a part of its title or URL; /re/ works" },
  { name: 'worker', kind: 'filter', group: 'Source', on: LIVE, doors: SHELL, ifEmpty: 'give a part of a title or URL',
    words: 'Look at a worker of a live program: its number, or a part of its name or URL' },
  { name: 'keep', kind: 'file', group: 'Source', on: SOURCES, doors: SHELL, isPrivate: true,
    words: 'Save the heap of a live source too, as .heapsnapshot or .heapsnapshot.gz; secrets stay in it' },
  { name: 'every', kind: 'time', group: 'Source', on: ['growth'], doors: SHELL, such: '10s, 500ms or 2m',
    words: 'Time between two looks at a program that is already running (default: 10s)' },
  { name: 'every', kind: 'time', group: 'Source', on: ['capture'], doors: SHELL, such: '60s or 5m',
    words: 'Time between two captures of a program that is already running (default: 60s)' },
  { name: 'every', kind: 'time', group: 'Source', on: ['leaks'], doors: SHELL, such: '30s or 2m, or "enter"', choices: ['enter'],
    words: 'Time between two heaps of a program that is already running; Enter takes the next one at once, "enter" waits for that (default: 30s)' },
  { name: 'rounds', kind: 'count', group: 'Source', on: ['leaks'], doors: CALLED, least: 2,
    words: 'How many heaps of a live source to take (default: 5; a script: at each "debugger;" that it reaches)',
    inProgram: 'Look at the heap this often, each time after some more work (default: 3)' },
  { name: 'between', kind: 'text', group: 'Source', on: ['leaks'], doors: SHELL, value: 'COMMAND', isPrivate: true, ifEmpty: 'give a command for the shell',
    words: 'Run this command between two heaps, instead of waiting' },
  { name: 'call', kind: 'path', group: 'Source', on: ['leaks'], doors: SHELL, value: 'NAME',
    words: 'Call this function of a script between two heaps: one of its variables, exports or globals, such as handle or api.handle' },
  { name: 'times', kind: 'count', group: 'Source', on: ['leaks'], doors: CALLED, least: 1,
    words: 'How often to call it between two heaps (default: 50)',
    inProgram: 'Do the work this often in each round (default: 20)' },
  { name: 'every', kind: 'time', group: 'Source', on: ['mprof'], doors: SHELL, least: 5, such: '50ms or 1s',
    words: 'Take a sample every 50ms, 1s … (default: 50ms)' },
  { name: 'count', kind: 'count', group: 'Source', on: ['growth'], doors: SHELL, least: 2,
    words: 'How often to look (default: 2; a script: at each "debugger;" that it reaches)' },
  { name: 'count', kind: 'count', group: 'Source', on: ['capture'], doors: SHELL, least: 2,
    words: 'Capture this many times over one connection, so that objects keep their ids: %d in --out is the number' },
  { name: 'depth', kind: 'count', group: 'Walk', on: ['backrefs', 'refs'], doors: EVERYWHERE, least: 0, fallback: 3,
    words: 'Draw this many steps in full' },
  { name: 'fanIn', kind: 'count', group: 'Walk', on: ['backrefs', 'chain'], doors: EVERYWHERE, least: 1, fallback: 10,
    words: 'Keep this many holders per object',
    inProgram: 'Keep this many holders per object; in showRefs, this many of the objects that it holds' },
  { name: 'fanIn', kind: 'count', group: 'Walk', on: ['refs'], doors: EVERYWHERE, least: 1, fallback: 10,
    words: 'Keep this many of the objects that an object holds' },
  { name: 'maxNodes', kind: 'count', group: 'Walk', on: ['backrefs', 'refs'], doors: EVERYWHERE, least: 1, fallback: 120,
    words: 'Draw at most this many objects',
    inProgram: 'Draw at most this many objects; showChain draws all of them where this is not given' },
  // a chain is drawn whole
  { name: 'maxNodes', kind: 'count', group: 'Walk', on: ['chain'], doors: EVERYWHERE, least: 1, fallback: Number.MAX_SAFE_INTEGER,
    words: 'Draw at most this many objects (default: all)' },
  { name: 'toRoots', kind: 'switch', group: 'Walk', on: ['backrefs'], doors: EVERYWHERE, fallback: true,
    words: 'Continue each chain to a GC root' },
  { name: 'paths', kind: 'count', group: 'Walk', on: ['backrefs', 'chain'], doors: EVERYWHERE, least: 1, fallback: 1,
    words: 'Draw this many independent paths to roots' },
  { name: 'everything', kind: 'switch', group: 'Walk', on: ['backrefs', 'chain'], doors: EVERYWHERE,
    words: 'Also draw what does not decide whether the target lives' },
  { name: 'group', kind: 'switch', group: 'Walk', on: DRAWING, doors: EVERYWHERE, fallback: true,
    words: 'Draw many similar objects of one class as one node' },
  { name: 'cut', kind: 'cut', group: 'Walk', on: DRAWING, doors: EVERYWHERE, many: true,
    words: 'Answer as if the references that match A->B were gone; A and B as for --hide',
    inProgram: 'Answer as if the references that match A->B were gone; A and B as texts for hide' },
  { name: 'hide', kind: 'pattern', group: 'Walk', on: DRAWING, doors: EVERYWHERE, many: true,
    words: 'Leave out a class, @id, reference or file, named as in a picture or table; /re/ works' },
  { name: 'stop', kind: 'pattern', group: 'Walk', on: DRAWING, doors: EVERYWHERE, many: true,
    words: 'Draw such objects, but do not go past them' },
  { name: 'highlight', kind: 'pattern', group: 'Walk', on: DRAWING, doors: EVERYWHERE, many: true,
    words: 'Draw such objects in blue' },
  { name: 'weak', kind: 'switch', group: 'Walk', on: DRAWING, doors: EVERYWHERE,
    words: 'Draw weak references, dashed' },
  { name: 'internals', kind: 'switch', group: 'Walk', on: DRAWING, doors: EVERYWHERE,
    words: "Draw the engine's own objects unfolded" },
  { name: 'retained', kind: 'switch', group: 'Walk', on: DRAWING, doors: EVERYWHERE,
    words: 'Compute retained sizes' },
  { name: 'limit', kind: 'rows', group: 'List', on: LISTING, doors: SHELL,
    words: 'List this many at most, or "all" (default: 20 in a table, all in JSON)' },
  { name: 'limit', kind: 'rows', group: 'List', on: LISTING, doors: ['prompt', 'program', 'heap'], fallback: 10,
    words: 'List this many at most, or "all"',
    inProgram: 'List this many classes at most; Infinity for all' },
  { name: 'filter', kind: 'filter', group: 'List', on: LISTING, doors: EVERYWHERE, ifEmpty: 'give a part of a name',
    words: 'List names with this part in any letter case; /re/ works' },
  { name: 'minSize', kind: 'size', group: 'List', on: ['types'], doors: SHELL,
    words: 'Count only objects of at least this shallow size, such as 10kB' },
  { name: 'all', kind: 'switch', group: 'List', on: LISTING, doors: EVERYWHERE,
    words: "List the engine's own classes too" },
  { name: 'failOn', kind: 'classLimit', group: 'List', on: LISTING, doors: SHELL, many: true,
    words: 'End with exit code 3 above a limit: "Session>100" objects, "Buffer>50MB"' },
  { name: 'sort', kind: 'choice', group: 'List', on: ['types'], doors: EVERYWHERE, choices: ['count', 'size', 'retained'],
    words: 'Order by count, size or retained (default: count)' },
  { name: 'sort', kind: 'choice', group: 'List', on: ['growth'], doors: SHELL, choices: ['count', 'size'],
    words: 'Order by count or size (default: count)' },
  { name: 'strings', kind: 'switch', group: 'List', on: ['types'], doors: SHELL,
    words: 'List texts that occur more than once' },
  { name: 'peak', kind: 'switch', group: 'List', on: ['growth'], doors: SHELL,
    words: 'List only classes with more objects than at any moment before' },
  { name: 'draw', kind: 'switch', group: 'Output', on: ['growth'], doors: SHELL,
    words: 'Draw who holds new objects: those of a class that grew at every step, if no other new object holds them' },
  { name: 'draw', kind: 'choice', group: 'Output', on: ['leaks'], doors: SHELL, choices: ['all'],
    words: 'Draw all suspects ("all"), each in a separate file' },
  { name: 'known', kind: 'switch', group: 'List', on: ['leaks'], doors: PROGRAM, fallback: true,
    words: 'Name known leaks, with cause and fix' },
  { name: 'failOn', kind: 'choice', group: 'List', on: ['leaks'], doors: SHELL, many: true, choices: ['leak', 'growth', 'proof'],
    words: 'End with exit code 3 where there is a suspect with this evidence: leak, growth or proof' },
  { name: 'accept', kind: 'file', group: 'List', on: ['leaks'], doors: SHELL,
    words: 'Accept the leaks of this list (JSON): --fail-on fails for others, and for rows without a reason' },
  { name: 'updateAccept', kind: 'switch', group: 'List', on: ['leaks'], doors: SHELL,
    words: 'Rewrite the list of --accept: a row for each suspect, whose reason you fill in' },
  { name: 'saveTree', kind: 'file', group: 'Output', on: ['leaks'], doors: SHELL, isPrivate: true,
    words: 'Save a summary to compare a later moment with (10 to 100 kB, masked): leaks FILE.tree later.heapsnapshot' },
  { name: 'out', kind: 'file', group: 'Output', on: HEAPS, doors: EVERYWHERE, letter: 'o', many: true, isPrivate: true,
    words: 'Write to a file; its extension gives the format (FORMATS); - is standard output',
    inProgram: 'Write to these files, in the format of their extension' },
  { name: 'out', kind: 'file', group: 'Output', on: [...LINES, 'mprof', 'ps'], doors: SHELL, letter: 'o', many: true,
    words: 'Write to a file; its extension gives the format (FORMATS)' },
  { name: 'out', kind: 'file', group: 'Output', on: ['capture'], doors: SHELL, letter: 'o', many: true,
    words: 'Write to this file, ending in .heapsnapshot or .heapsnapshot.gz; - is standard output; secrets are not masked' },
  { name: 'text', kind: 'file', group: 'Output', on: LINES, doors: TYPED, letter: 'T', many: true,
    words: 'Write the table to this file' },
  { name: 'format', kind: 'format', group: 'Output', on: HEAPS, doors: EVERYWHERE, letter: 'f', isPrivate: true,
    words: 'Set the format if no extension gives it' },
  { name: 'format', kind: 'format', group: 'Output', on: [...LINES, 'mprof', 'ps'], doors: SHELL,
    words: 'Set the format if no extension gives it' },
  { name: 'unit', kind: 'seconds', group: 'Output', on: LINES, doors: TYPED, letter: 'u', fallback: 0.000001,
    words: 'Show times in units of this many seconds' },
  { name: 'stripZeros', kind: 'switch', group: 'Output', on: LINES, doors: TYPED, letter: 'z',
    words: 'Leave out functions and lines that never ran' },
  { name: 'redact', kind: 'redact', group: 'Output', on: [...HEAPS, ...LINES, 'mprof', 'ps', 'mcp'], doors: EVERYWHERE, choices: REDACT_MODES, fallback: 'secrets',
    words: 'Mask secrets (what looks like one), all (every string and path) or none' },
  { name: 'width', kind: 'count', group: 'Output', on: [...HEAPS, 'ps'], doors: SHELL, least: 40, isPrivate: true,
    words: 'Make text this many columns wide (default: as wide as the terminal; files are not wrapped)' },
  { name: 'budget', kind: 'count', group: 'Output', on: [...HEAPS, 'ps'], doors: SHELL, least: 200, isPrivate: true,
    words: 'Make text, Markdown and JSON fit into about this many tokens: what matters least is left out and counted, what to ask next is the last line (docs/agents.md)' },
  { name: 'title', kind: 'text', group: 'Output', on: [...DRAWING, 'mprof'], doors: EVERYWHERE, isPrivate: true,
    words: 'Put a title over the picture' },
  { name: 'theme', kind: 'choice', group: 'Output', on: [...DRAWING, 'mprof'], doors: EVERYWHERE, choices: ['light', 'dark'], isPrivate: true,
    words: 'Draw light or dark (default: light; a page of html as your system is set)',
    inProgram: 'Draw light or dark. Without it a picture is light, and a page of html as the system of its reader is set' },
  { name: 'template', kind: 'file', group: 'Output', on: DRAWING, doors: SHELL, isPrivate: true,
    words: 'Fill in a .md or .html file of your own (docs/templates.md)' },
  { name: 'font', kind: 'file', group: 'Output', on: DRAWING, doors: EVERYWHERE, many: true, isPrivate: true,
    words: 'Draw what the bundled font lacks with this .ttf, .otf or .ttc (CJK, Arabic, emoji)' },
  { name: 'legend', kind: 'switch', group: 'Output', on: DRAWING, doors: EVERYWHERE, fallback: true, isPrivate: true,
    words: 'Explain the picture at its foot' },
  { name: 'sourceMaps', kind: 'folder', group: 'Output', on: DRAWING, doors: EVERYWHERE, many: true,
    words: 'Follow source maps below this folder, too: for a saved heap, they are only read below the working folder and the folder of the heap (--no-source-maps: none)',
    inProgram: 'Show positions in the original sources of scripts that have source maps, unless this is false. For an opened heap, maps are only read below the working folder, the folder of the heap, and folders given here' },
  { name: 'folder', kind: 'file', group: 'Source', on: ['mcp'], doors: SHELL,
    words: 'Look at files of this folder only, and write pictures into showbackref-out in it (default: the working folder)' },
  { name: 'allowLive', kind: 'switch', group: 'Source', on: ['mcp'], doors: SHELL,
    words: 'Let the client look at running programs, too, which stand still meanwhile' },
  { name: 'maxMemory', kind: 'size', group: 'Other', on: ['mcp'], doors: SHELL,
    words: 'Keep heaps open in this much memory, say 4GB, and refuse larger ones (default: half of what is free)' },
  { name: 'maxMemory', kind: 'size', group: 'Other', on: HEAPS, doors: SHELL,
    words: 'Refuse a heap that takes more memory than, say, 4GB' },
  { name: 'timeout', kind: 'time', group: 'Other', on: WORKING, doors: SHELL, least: 1, such: '90s or 5m',
    words: 'Give up when there is no answer after, say, 90s or 5m (default: never)' },
  { name: 'quiet', kind: 'switch', group: 'Other', on: WORKING, doors: PROGRAM, letter: 'q',
    words: 'Print errors only',
    inProgram: 'Do not warn on standard error when the heap is large' },
  { name: 'debug', kind: 'switch', group: 'Other', on: WORKING, doors: SHELL,
    words: 'Show the time of each stage, and the stack of an error' },
] as const satisfies readonly Option[];

type Row = (typeof OPTIONS)[number];

export type OptionName = Row['name'];

type Choice<R> = R extends { choices: readonly (infer C)[] } ? C : never;
type One<R extends Row> = R['kind'] extends 'choice' ? Choice<R> : KindValues[R['kind']];
type Value<R extends Row> = R extends { many: true }
  ? readonly One<R>[]
  : R extends { fallback: unknown } | { kind: 'switch' }
    ? One<R>
    : One<R> | null;

/** The values of all options: those that were given, and the defaults of the others. */
export type OptionValues = {
  readonly [N in OptionName]: Value<Extract<Row, { name: N }>>;
};
