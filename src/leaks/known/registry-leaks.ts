import type { KnownLeak } from './known-leak.js';

/** The transports that winston includes. */
const TRANSPORTS = ['Console', 'File', 'Http', 'Stream', 'DailyRotateFile'] as const;

/** Packages that register what is made and never remove it. */
export const REGISTRY_LEAKS: readonly KnownLeak[] = [
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
  {
    id: 'cls-hooked-contexts',
    paths: [['* -> Namespace', '._contexts -> Map', 'Map["*"] -> Object']],
    versions: 'cls-hooked, all versions',
    cause:
      'A context stays in _contexts until its asynchronous resource is destroyed, and what it holds (a promise, a socket) keeps that alive.',
    fix: 'Use AsyncLocalStorage, which is part of Node.js, or keep promises out of the context.',
    links: [
      'https://github.com/Jeff-Lewis/cls-hooked/issues/66',
      'https://github.com/Jeff-Lewis/cls-hooked/issues/63',
    ],
    fixedIn: null,
    kind: 'library',
  },
  {
    id: 'debug-instances',
    paths: [['* -> createDebug()', '.instances -> Array', '[*] -> debug()']],
    versions: 'debug 3.2 to 4.2',
    cause: 'Each logger that was ever made is in the list createDebug.instances.',
    fix: 'Use debug 4.3.0 or later, or make loggers once, at the top of a file.',
    links: ['https://github.com/debug-js/debug/issues/678'],
    fixedIn: 'debug 4.3.0',
    kind: 'library',
  },
  {
    id: 'graceful-fs-loaded-again',
    paths: [
      ['var *ReadStream -> ReadStream()', '.prototype -> ReadStream', '.__proto__ -> ReadStream'],
      [
        'var *WriteStream -> WriteStream()',
        '.prototype -> WriteStream',
        '.__proto__ -> WriteStream',
      ],
      ['**', 'var fs$close* -> *', '**'],
      ['* -> process', '.chdir -> ()', '.__proto__ -> ()'],
    ],
    versions: 'graceful-fs, most before 4.1.12',
    cause: 'Each fresh copy of graceful-fs wraps functions that the copy before has wrapped.',
    fix: 'Use graceful-fs 4.2 or later, and do not load it afresh (jest.resetModules, stealthy-require).',
    links: [
      'https://github.com/isaacs/node-graceful-fs/issues/102',
      'https://github.com/isaacs/node-graceful-fs/pull/137',
    ],
    fixedIn: null,
    kind: 'library',
  },
  {
    id: 'http-timer-lookup',
    paths: [['* -> Socket', '._events -> Object', '.lookup -> Array', '[*] -> *']],
    versions: '@szmarczak/http-timer before 1.1.1 (got 9)',
    cause:
      'Each request adds a lookup listener to its socket, and a socket that is kept alive never looks up again.',
    fix: 'Use @szmarczak/http-timer 1.1.1 or later.',
    links: ['https://github.com/szmarczak/http-timer/issues/1'],
    fixedIn: '@szmarczak/http-timer 1.1.1',
    kind: 'library',
  },
  {
    id: 'axios-cancel-token',
    paths: [['* -> CancelToken', '.promise -> Promise', '<reactions_or_result> -> *', '**']],
    versions: 'axios before 0.22.0',
    cause:
      'Each request leaves a reaction on the promise of its CancelToken, and this token is shared.',
    fix: 'Use axios 0.22.0 or later, or a separate CancelToken for each request.',
    links: [
      'https://github.com/axios/axios/issues/1181',
      'https://github.com/axios/axios/issues/3001',
    ],
    fixedIn: 'axios 0.22.0',
    kind: 'library',
  },
  {
    id: 'nock-timers',
    paths: [
      ['var timeouts -> Array', '[*] -> Timeout'],
      ['var intervals -> Array', '[*] -> Timeout'],
      ['var immediates -> Array', '[*] -> Immediate'],
    ],
    versions: 'nock before 14',
    cause: 'nock keeps each timer it has ever started in a list.',
    fix: 'Use nock 14 or later, or call nock.abortPendingRequests() between tests.',
    links: ['https://github.com/nock/nock/issues/2428', 'https://github.com/nock/nock/issues/2771'],
    fixedIn: 'nock 14.0.0-beta.10',
    kind: 'library',
  },
  {
    id: 'sinon-fakes',
    paths: [['.getFakes -> getFakes()', '<context> -> *', 'var collection -> Array', '[*] -> *']],
    versions: 'sinon 5 and later',
    cause: 'sinon is a sandbox itself and keeps each stub and spy until restore() is called.',
    fix: 'Call sinon.restore() after each test.',
    links: ['https://github.com/sinonjs/sinon/issues/1866'],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'rxjs-share-replay',
    paths: [['* -> Subject', '.observers -> Array', '[*] -> *Subscriber']],
    versions: 'rxjs 5 to 7',
    cause:
      'Subscribers of a Subject stay until they unsubscribe; shareReplay(n) never does while its source goes on.',
    fix: 'Unsubscribe, and use shareReplay({ bufferSize: n, refCount: true }).',
    links: ['https://github.com/ReactiveX/rxjs/issues/5931'],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'winston-shared-transport',
    paths: TRANSPORTS.map((name) => [
      `* -> ${name}`,
      '._events -> Object',
      '.* -> Array',
      '[*] -> *',
    ]),
    versions: 'winston 3',
    cause: 'A transport keeps the listeners of each logger that was made with it.',
    fix: 'Make one logger and call child() for each request, or close() the loggers.',
    links: [
      'https://github.com/winstonjs/winston/issues/1791',
      'https://github.com/winstonjs/winston/issues/1620',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'winston-without-transport',
    paths: [['* -> DerivedLogger', '._writableState -> WritableState', '**']],
    versions: 'winston 3',
    cause: 'A logger without a transport keeps what is logged in the buffer of its stream.',
    fix: 'Add a transport, to the default logger too: winston.add(new winston.transports.Console()).',
    links: [
      'https://github.com/winstonjs/winston/issues/2114',
      'https://github.com/winstonjs/winston/pull/2134',
    ],
    fixedIn: null,
    kind: 'library',
  },
  {
    id: 'opentelemetry-attributes',
    paths: [
      ['.accumulations -> AttributeHashMap', '._keyMap -> Map', 'Map["*"] -> Object'],
      ['* -> AttributeHashMap', '._valueMap -> Map', '* -> *'],
    ],
    versions: '@opentelemetry/sdk-metrics; later versions stop at 2,000 sets of attributes',
    cause:
      'Each set of attributes creates a separate series, and one attribute has a new value each time.',
    fix: 'Leave the user, URL or id out of the attributes, or drop it with a view.',
    links: [
      'https://github.com/open-telemetry/opentelemetry-js/issues/3621',
      'https://github.com/open-telemetry/opentelemetry-js/issues/4095',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'prom-client-labels',
    paths: ['Counter', 'Gauge', 'Histogram', 'Summary'].map((name) => [
      `* -> ${name}`,
      '.hashMap -> Object',
      '["*"] -> Object',
    ]),
    versions: 'prom-client, all versions',
    cause:
      'Each set of label values creates a separate series, and one label has a new value each time.',
    fix: 'Use labels with few values: the route instead of the URL.',
    links: ['https://github.com/prometheus/client_js/issues/420'],
    fixedIn: null,
    kind: 'use',
  },
];
