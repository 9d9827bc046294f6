import { DEFAULT_COLLECT_OPTIONS } from '../collect/collect-options.js';
import { outputFormats } from '../report/formats.js';

const TARGET = 'Target:';
const SOURCE = 'Source:';
const WALK = 'Walk:';
const OUTPUT = 'Output:';
const OTHER = 'Other:';

/** What picks the objects in question. */
export function targetOptions() {
  return {
    target: {
      group: TARGET,
      alias: 't',
      string: true,
      array: true,
      describe:
        'Name the object: @id, x, a.b[0], class:Foo, fn:f, string:/re/, var:x, global:x, largest, detached',
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
    hide: { ...pattern, describe: 'Leave out a class, @id, reference or file; /re/ works' },
    stop: { ...pattern, describe: 'Draw it but do not go past it' },
    highlight: { ...pattern, describe: 'Draw it in blue' },
    weak: { group: WALK, boolean: true, describe: 'Draw weak references, dashed' },
    internals: { group: WALK, boolean: true, describe: "Draw the engine's own objects unfolded" },
    retained: { group: WALK, boolean: true, describe: 'Compute retained sizes' },
    'max-memory': {
      group: WALK,
      string: true,
      describe: 'Refuse a heap that takes more memory than, say, 4GB',
    },
  } as const;
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
    redact: {
      group: OUTPUT,
      string: true,
      describe:
        'Mask what looks like a secret (secrets, the default), every string and path (all), none',
    },
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
      boolean: true,
      describe: 'Show places in the sources, by the source maps beside scripts (default: on)',
    },
  } as const;
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

/** Which functions are measured line by line, and how their tables look. */
export function profileOptions() {
  return {
    function: {
      group: TARGET,
      alias: 'f',
      string: true,
      array: true,
      describe: 'Measure this function: primes, Session.close, server.js:handle',
    },
    module: {
      group: TARGET,
      alias: 'm',
      string: true,
      array: true,
      describe: 'Measure all functions of the files with this in their path',
    },
    'node-arg': sourceOptions()['node-arg'],
    out: {
      group: OUTPUT,
      alias: 'o',
      string: true,
      array: true,
      describe: 'Write to a file, its extension gives the format (txt md json html)',
    },
    text: { group: OUTPUT, alias: 'T', string: true, describe: 'Write the table to this file' },
    format: {
      group: OUTPUT,
      string: true,
      describe: 'Give the format where no extension does',
    },
    unit: {
      group: OUTPUT,
      alias: 'u',
      string: true,
      describe: 'Show times in units of so many seconds (default: 1e-6)',
    },
    'strip-zeros': {
      group: OUTPUT,
      alias: 'z',
      boolean: true,
      describe: 'Leave out functions and lines that never ran',
    },
    redact: outputOptions().redact,
  } as const;
}

/** What is measured of memory. */
export function memoryOptions() {
  return {
    live: {
      group: TARGET,
      boolean: true,
      describe: 'Collect garbage at each line, to see what stays alive (slow)',
    },
  } as const;
}

/** What every command has. */
export function otherOptions() {
  return {
    quiet: { group: OTHER, alias: 'q', boolean: true, describe: 'Say nothing but errors' },
    debug: {
      group: OTHER,
      boolean: true,
      describe: 'Show the time of each stage, and the stack of an error',
    },
  } as const;
}
