import type { Check } from './check.js';

/** One format of what a command has found, for a service that runs tests. */
export interface CheckFormat {
  readonly name: string;
  readonly binary: false;
  /** Loads what it needs when it is called. */
  readonly write: (check: Check) => Promise<string>;
}

/** Every one, in the order the help names them. */
export const checkFormats: readonly CheckFormat[] = [
  {
    name: 'sarif',
    binary: false,
    write: async (check) => (await import('./to-sarif.js')).toSarif(check),
  },
  {
    name: 'junit',
    binary: false,
    write: async (check) => (await import('./to-junit.js')).toJunit(check),
  },
  {
    name: 'github',
    binary: false,
    write: async (check) => (await import('./to-github.js')).toGithub(check),
  },
];

export function isCheckFormat(format: string): boolean {
  return checkFormats.some(({ name }) => name === format);
}
