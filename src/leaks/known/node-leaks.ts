import type { KnownLeak } from './known-leak.js';

/** Leaks through data that Node.js and the language itself keep. */
export const NODE_LEAKS: readonly KnownLeak[] = [
  {
    id: 'module-children',
    paths: [['.children -> Array', '[*] -> Module']],
    versions: 'node, all versions',
    cause:
      'A module that is deleted from require.cache stays in the children of the module that required it, and is loaded again the next time.',
    fix: 'Delete it from module.children of its parent too, or load the file once.',
    links: [
      'https://github.com/nodejs/node/issues/8443',
      'https://github.com/analog-nico/stealthy-require/issues/2',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'import-with-query',
    paths: [['* -> LoadCache', 'Map["*"] -> Object']],
    versions: 'node, all versions',
    cause:
      'import() with a new query loads the module again each time, and the loader never releases a module.',
    fix: 'Import a file once, or load what changes in a worker that ends.',
    links: ['https://github.com/nodejs/node/issues/49442'],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'abort-signal-any',
    paths: [['var gcPersistentSignals -> Set', 'Set member -> *']],
    versions: 'node, all versions with AbortSignal.any',
    cause:
      'A signal of AbortSignal.any that has listeners is kept until it is aborted or all its sources are gone, and one of its sources is long-lived.',
    fix: 'Remove the listener when the work is done, or abort the short-lived controller then.',
    links: [
      'https://github.com/nodejs/node/issues/64476',
      'https://github.com/nodejs/node/issues/55351',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'abort-signal-listeners',
    paths: [
      ['.<symbol kEvents> -> Map', 'Map["abort"] -> Object', '.next -> Listener'],
      ['.#signal -> *', '.<symbol kEvents> -> Map', 'Map["*"] -> Object', '.next -> Listener'],
    ],
    versions: 'node, all versions',
    cause: 'A long-lived signal keeps each abort listener that was ever added to it.',
    fix: 'Remove the listener when the work is done; { once: true } removes it only when the signal is aborted.',
    links: [
      'https://github.com/nodejs/undici/issues/3158',
      'https://github.com/nodejs/node/issues/51441',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'promise-reactions',
    paths: [['* -> Promise', '<reactions_or_result> -> system / PromiseReaction', '**']],
    versions: 'JavaScript, all engines',
    cause:
      'Promise.race, await and then() leave a reaction on a promise until it settles, and this one stays pending for a long time.',
    fix: 'Do not race against a long-lived promise: use an event or a callback that can be removed.',
    links: [
      'https://github.com/nodejs/node/issues/17469',
      'https://github.com/nodejs/node/issues/51452',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'timers-pile-up',
    paths: [
      ['* -> TimersList', '._idleNext -> Timeout'],
      ['var timerListMap -> *', '* -> TimersList'],
    ],
    versions: 'node, all versions',
    cause:
      'Timers pile up: an interval is kept until it is cleared, and a timeout with all its callback uses until it fires.',
    fix: 'Clear the timer when its owner is done; on a server components are never unmounted, so start none there.',
    links: [
      'https://github.com/appleboy/react-recaptcha/issues/247',
      'https://github.com/TanStack/query/pull/3367',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'performance-timeline',
    paths: [
      ['var markEntryBuffer -> Array', '[*] -> PerformanceMark'],
      ['var measureEntryBuffer -> Array', '[*] -> PerformanceMeasure'],
      ['var resourceTimingBuffer -> Array', '[*] -> PerformanceResourceTiming'],
    ],
    versions: 'node 16 and later',
    cause: 'The performance timeline keeps each mark and measure until it is cleared.',
    fix: 'Call performance.clearMarks() and performance.clearMeasures() for what has been read.',
    links: [
      'https://github.com/nodejs/node/issues/39297',
      'https://github.com/elastic/kibana/issues/116636',
    ],
    fixedIn: null,
    kind: 'use',
  },
];
