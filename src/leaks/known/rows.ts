import type { KnownLeak } from './known-leak.js';

/**
 * Known leaks. To add one: run `showbackref leaks` on heaps that show it with `--format json` and take the
 * end of `path`, from the holder on, as few steps as tell it apart; leave open what differs between
 * versions with `*`, and any number of steps with `**`. `WayText` in path-pattern.ts says what steps look
 * like. A test runs a program for each row, so give it a driver below test/leaks, too.
 */
export const KNOWN_LEAKS: readonly KnownLeak[] = [
  {
    id: 'module-children',
    paths: [['.children -> Array', '[*] -> Module']],
    versions: 'node, all versions',
    cause:
      'A module that is deleted from require.cache stays in the children of the module that required it, and is loaded anew the next time.',
    fix: 'Delete it from module.children of its parent too, or load the file once.',
    links: [
      'https://github.com/nodejs/node/issues/8443',
      'https://github.com/analog-nico/stealthy-require/issues/2',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'styled-components-create-global-style',
    paths: [
      ['var reverseRegister -> Map', 'Map["*"] -> string'],
      ['var groupIDRegister -> Map', 'Map key -> string'],
    ],
    versions: 'styled-components 5.0.0-rc.2',
    cause: 'createGlobalStyle registers a new group with every render on a server.',
    fix: 'Use styled-components 5.0.0 or later.',
    links: ['https://github.com/styled-components/styled-components/issues/2913'],
    fixedIn: 'styled-components 5.0.0',
    kind: 'library',
  },
  {
    id: 'react-side-effect-rewind',
    paths: [['var mountedInstances -> Array', '[*] -> *']],
    versions: 'react-side-effect 1.x (react-helmet, react-document-title)',
    cause: 'Every component rendered on a server stays mounted until rewind() is called.',
    fix: 'Call rewind() after each renderToString.',
    links: ['https://github.com/gaearon/react-side-effect/issues/39'],
    fixedIn: null,
    kind: 'use',
  },
];
