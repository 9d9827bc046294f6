import { DEFAULT_COLLECT_OPTIONS } from '../collect/walk/collect-options.js';
import { outputFormats } from '../report/formats.js';

const TARGET = 'Target:';
const SOURCE = 'Source:';
const WALK = 'Walk:';
const LIST = 'List:';
const OUTPUT = 'Output:';
const OTHER = 'Other:';

/** Of every command that shows texts of a heap. */
const REDACT = {
  group: OUTPUT,
  string: true,
  describe:
    'Mask what looks like a secret (secrets, the default), every string and path (all), none',
} as const;

/** Of every command with text that is made for a terminal. */
const WIDTH = {
  group: OUTPUT,
  string: true,
  describe: 'Make text so many columns wide (default: as the terminal; files are not wrapped)',
} as const;

/** What picks the objects in question. */
export function targetOptions() {
  return {
    target: {
      group: TARGET,
      alias: 't',
      string: true,
      array: true,
      describe:
        'Name the object: @id, x, a.b[0], class:Foo, fn:f, string:/re/, var:x, global:x, largest, detached; in a live program also an expression, which runs there',
    },
    nth: {
      group: TARGET,
      string: true,
      describe: 'Take the nth match only, from 1, in order of ids',
    },
    largest: { group: TARGET, boolean: true, describe: 'Take the match that retains most' },
    all: { group: TARGET, boolean: true, describe: 'Take all matches of a plain name' },
  } as const;
}

/** How to come by the heap of a script or a live program. */
export function sourceOptions() {
  return {
    when: {
      group: SOURCE,
      string: true,
      describe: 'Look at a script at "debugger", "exit", FILE:LINE or after 5s (default: debugger)',
    },
    'node-arg': {
      group: SOURCE,
      string: true,
      array: true,
      describe: 'Pass an argument to the Node that runs the script',
    },
    page: {
      group: SOURCE,
      string: true,
      describe: "Pick a browser's tab by a part of its title or URL; /re/ works",
    },
    worker: {
      group: SOURCE,
      string: true,
      describe: 'Look at a worker of a live program: its number, or a part of its name or URL',
    },
    keep: {
      group: SOURCE,
      string: true,
      describe:
        'Save the heap of a live source too, as .heapsnapshot or .heapsnapshot.gz; secrets stay in it',
    },
  } as const;
}

/** How far the picture goes. */
export function walkOptions() {
  const { depth, fanIn, maxNodes } = DEFAULT_COLLECT_OPTIONS;
  const pattern = { group: WALK, string: true, array: true } as const;
  return {
    depth: {
      group: WALK,
      string: true,
      describe: `Draw this many steps in full (default: ${depth})`,
    },
    'fan-in': {
      group: WALK,
      string: true,
      describe: `Keep this many holders per object (default: ${fanIn})`,
    },
    'max-nodes': {
      group: WALK,
      string: true,
      describe: `Draw at most this many objects (default: ${maxNodes})`,
    },
    'to-roots': {
      group: WALK,
      boolean: true,
      describe: 'Continue each chain to a GC root (default: on)',
    },
    paths: {
      group: WALK,
      string: true,
      describe:
        'Draw this many ways to roots that share nothing but what all lead through (default: 1)',
    },
    group: {
      group: WALK,
      boolean: true,
      describe: 'Draw many objects of one class that are held alike as one (default: on)',
    },
    cut: {
      ...pattern,
      describe: 'Answer as if what A->B matches were gone; A and B as for --hide',
    },
    hide: { ...pattern, describe: 'Leave out a class, @id, reference or file; /re/ works' },
    stop: { ...pattern, describe: 'Draw it but do not go past it' },
    highlight: { ...pattern, describe: 'Draw it in blue' },
    weak: { group: WALK, boolean: true, describe: 'Draw weak references, dashed' },
    internals: { group: WALK, boolean: true, describe: "Draw the engine's own objects unfolded" },
    retained: { group: WALK, boolean: true, describe: 'Compute retained sizes' },
  } as const;
}

/** Without what is about ways up to roots. */
export function refsOptions() {
  const { 'to-roots': _, paths: __, ...options } = walkOptions();
  const { fanIn } = DEFAULT_COLLECT_OPTIONS;
  const describe = `Keep this many of what an object holds (default: ${fanIn})`;
  return { ...options, 'fan-in': { ...options['fan-in'], describe } } as const;
}

/** Without what is about everything else that holds the target. */
export function chainOptions() {
  const { 'to-roots': _, depth: __, ...options } = walkOptions();
  const describe = 'Draw at most this many objects (default: all)';
  return { ...options, 'max-nodes': { ...options['max-nodes'], describe } } as const;
}

/** Where the answer goes and how it looks. */
export function outputOptions() {
  const names = outputFormats.map(({ name }) => name).join(' ');
  return {
    out: {
      group: OUTPUT,
      alias: 'o',
      string: true,
      array: true,
      describe: `Write to a file, its extension gives the format (${names}); - is standard output`,
    },
    format: {
      group: OUTPUT,
      alias: 'f',
      string: true,
      describe: 'Give the format where no extension does',
    },
    redact: REDACT,
    width: WIDTH,
    title: { group: OUTPUT, string: true, describe: 'Put a title over the picture' },
    theme: { group: OUTPUT, string: true, describe: 'Draw light or dark (default: light)' },
    template: {
      group: OUTPUT,
      string: true,
      describe: 'Fill in a .md or .html file of your own (docs/templates.md)',
    },
    font: {
      group: OUTPUT,
      string: true,
      array: true,
      describe:
        'Draw what the bundled font lacks with this .ttf, .otf or .ttc (CJK, Arabic, emoji)',
    },
    legend: {
      group: OUTPUT,
      boolean: true,
      describe: 'Explain the picture at its foot (default: on)',
    },
    'source-maps': {
      group: OUTPUT,
      string: true,
      array: true,
      describe:
        'Follow source maps below this folder too: for a saved heap, they are only read below the working folder and its own (--no-source-maps: none)',
    },
  } as const;
}

/** What a list of classes shows. */
export function classOptions() {
  return {
    limit: {
      group: LIST,
      string: true,
      describe: 'List so many at most, or "all" (default: 20 in a table, all in JSON)',
    },
    filter: {
      group: LIST,
      string: true,
      describe: 'List names with this part in any letter case; /re/ works',
    },
    all: { group: LIST, boolean: true, describe: "List the engine's own classes too" },
    'fail-on': {
      group: LIST,
      string: true,
      array: true,
      describe: 'End with exit code 3 above a limit: "Session>100" objects, "Buffer>50MB"',
    },
  } as const;
}

/** What is special about the list of all classes. */
export function typesOptions() {
  return {
    sort: {
      group: LIST,
      string: true,
      describe: 'Order by count, size or retained (default: count)',
    },
    strings: { group: LIST, boolean: true, describe: 'List texts that are there more than once' },
  } as const;
}

/** Which moments to compare, and how. */
export function growthOptions() {
  return {
    sort: { group: LIST, string: true, describe: 'Order by count or size (default: count)' },
    peak: {
      group: LIST,
      boolean: true,
      describe: 'List only classes with more objects than at any moment before',
    },
    every: {
      group: SOURCE,
      string: true,
      describe: 'Time between two looks at a program that runs already (default: 10s)',
    },
    count: {
      group: SOURCE,
      string: true,
      describe: 'How often to look (default: 2; a script: at each "debugger;" it comes by)',
    },
    draw: {
      group: OUTPUT,
      boolean: true,
      describe: 'Draw who holds the new objects of the class that grew most',
    },
  } as const;
}

/** Where a table goes. */
export function tableOutputOptions(formats: string) {
  return {
    out: {
      group: OUTPUT,
      alias: 'o',
      string: true,
      array: true,
      describe: `Write to a file, its extension gives the format (${formats}); - is standard output`,
    },
    format: {
      group: OUTPUT,
      alias: 'f',
      string: true,
      describe: 'Give the format where no extension does (default: txt)',
    },
    redact: REDACT,
    width: WIDTH,
  } as const;
}

/** How to start the program of a prompt. */
export function promptOptions() {
  return { 'node-arg': sourceOptions()['node-arg'] } as const;
}

/** The one place a heap is saved to. */
export function captureOptions() {
  return {
    out: {
      group: OUTPUT,
      alias: 'o',
      string: true,
      array: true,
      describe:
        'Write to this file, ending in .heapsnapshot or .heapsnapshot.gz, - is standard output; secrets are not masked',
    },
  } as const;
}

/** Of every command that reads a heap. */
export function memoryLimitOptions() {
  return {
    'max-memory': {
      group: OTHER,
      string: true,
      describe: 'Refuse a heap that takes more memory than, say, 4GB',
    },
  } as const;
}

/** What every command has. */
export function otherOptions() {
  return {
    timeout: {
      group: OTHER,
      string: true,
      describe: 'Give up when there is no answer after, say, 90s or 5m (default: never)',
    },
    quiet: { group: OTHER, alias: 'q', boolean: true, describe: 'Say nothing but errors' },
    debug: {
      group: OTHER,
      boolean: true,
      describe: 'Show the time of each stage, and the stack of an error',
    },
  } as const;
}
