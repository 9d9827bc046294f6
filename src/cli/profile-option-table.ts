import { outputOptions, sourceOptions } from './options.js';

const TARGET = 'Target:';
const OUTPUT = 'Output:';

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

/** Memory over time: how often it is looked at, and how the picture looks. */
export function samplingOptions(formats: string) {
  const { title, theme, redact } = outputOptions();
  return {
    every: {
      group: TARGET,
      string: true,
      describe: 'Look every 50ms, 1s … (default: 50ms)',
    },
    'node-arg': sourceOptions()['node-arg'],
    out: {
      group: OUTPUT,
      alias: 'o',
      string: true,
      array: true,
      describe: `Write to a file, its extension gives the format (${formats})`,
    },
    format: {
      group: OUTPUT,
      string: true,
      describe: 'Give the format where no extension does',
    },
    title,
    theme,
    redact,
  } as const;
}
