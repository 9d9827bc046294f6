/** A leak from a public thread, which a program in drivers/ reproduces. */
export interface RealLeak {
  /** The name of the program: drivers/NAME.cjs. */
  readonly name: string;
  /** The thread in which people reported it. */
  readonly thread: string;
  /** The source of the leak: packages in the versions of package.json, or Node.js itself. */
  readonly packages: readonly string[];
  /** The object that the thread blames. */
  readonly verdict: string;
  /** The same object as described by the first suspect: see `namedHolder` in run-program.ts. */
  readonly blamed: RegExp;
  /** The row of src/leaks/known that explains it; absent if only the program is to blame. */
  readonly known?: string;
  /** Versions of Node.js that it leaks in; all where it is absent. */
  readonly majors?: readonly Major[];
}

/** Versions that leaks are looked for in. */
export type Major = 'this one' | '22' | '24' | '26';

/** No package is to blame: the program itself uses Node.js in a way that keeps things. */
const NODE = ['node'];

export const REAL_LEAKS: readonly RealLeak[] = [
  {
    name: 'abort-signal-any',
    thread: 'https://github.com/nodejs/node/issues/64476',
    packages: NODE,
    verdict: 'gcPersistentSignals keeps each observed AbortSignal.any as long as one source lives',
    blamed: /var gcPersistentSignals -> Set/,
    known: 'abort-signal-any',
  },
  {
    name: 'abort-signal-listeners',
    thread: 'https://github.com/nodejs/undici/issues/3158',
    packages: NODE,
    verdict: 'the abort listeners of a signal that outlives what listens to it',
    blamed: /"abort"/,
    known: 'abort-signal-listeners',
  },
  {
    name: 'ajv-cache',
    thread: 'https://github.com/ajv-validator/ajv/issues/1413',
    packages: ['ajv@6.12.6'],
    verdict: 'the cache of compiled schemas of an Ajv instance',
    blamed: /\._cache -> Object/,
    known: 'ajv-schemas',
  },
  {
    name: 'axios-cancel-token',
    thread: 'https://github.com/axios/axios/issues/1181',
    packages: ['axios@0.21.4'],
    verdict: "the reactions of the token's promise",
    blamed: /promise of CancelToken/,
    known: 'axios-cancel-token',
  },
  {
    name: 'cls-hooked',
    thread: 'https://github.com/Jeff-Lewis/cls-hooked/issues/66',
    packages: ['cls-hooked@4.2.2'],
    verdict: 'the Map _contexts of the namespace',
    blamed: /\._contexts -> Map/,
    known: 'cls-hooked-contexts',
  },
  {
    name: 'debug-instances',
    thread: 'https://github.com/debug-js/debug/issues/678',
    packages: ['debug@4.1.1'],
    verdict: 'the list createDebug.instances',
    blamed: /\.instances -> Array/,
    known: 'debug-instances',
  },
  {
    name: 'emotion-cache',
    thread: 'https://github.com/emotion-js/emotion/issues/2503',
    packages: ['@emotion/cache@11.11.0'],
    verdict: 'the cache of Stylis output, shared by all caches of a process',
    blamed: /\.css -> \(\)/,
    known: 'emotion-stylis-cache',
  },
  {
    name: 'express-session',
    thread: 'https://github.com/expressjs/session/issues/284',
    packages: ['express-session@1.18.1'],
    verdict: 'the sessions of MemoryStore, which nothing sweeps',
    blamed: /\.sessions -> Object/,
    known: 'express-session-memory-store',
  },
  {
    name: 'fresh-module',
    thread: 'https://github.com/nodejs/node/issues/8443',
    packages: NODE,
    verdict: 'the children of the module that requires a file again and again',
    blamed: /\.children -> Array ; \[\*\] -> Module/,
    known: 'module-children',
  },
  {
    name: 'goober-cache',
    thread: 'https://github.com/cristianbote/goober/issues/269',
    packages: ['goober@2.1.16'],
    verdict: 'the cache of hash.js, without a limit',
    blamed: /var \w -> Object/,
    known: 'goober-cache',
  },
  {
    name: 'graceful-fs',
    thread: 'https://github.com/isaacs/node-graceful-fs/issues/102',
    packages: ['graceful-fs@4.1.11'],
    verdict:
      'each fresh copy wraps what the copy before left in fs: five chains beside each other (graceful-fs.test.ts)',
    blamed:
      /variable (fs\$|File)?(close|ReadStream|WriteStream)\b|fs\$(close|ReadStream|WriteStream)/,
    known: 'graceful-fs-loaded-again',
  },
  {
    name: 'graphql-tag',
    thread: 'https://github.com/apollographql/graphql-tag/issues/356',
    packages: ['graphql-tag@2.12.6'],
    verdict: 'docCache, by the text of each document',
    blamed: /var docCache -> Map/,
    known: 'graphql-tag-documents',
  },
  {
    name: 'hogan-cache',
    thread: 'https://github.com/twitter/hogan.js/issues/239',
    packages: ['hogan.js@3.0.2'],
    verdict: 'Hogan.cache, by the text of each template',
    blamed: /\.cache -> Object/,
    known: 'hogan-templates',
  },
  {
    name: 'http-timer-listeners',
    thread: 'https://github.com/szmarczak/http-timer/issues/1',
    packages: ['@szmarczak/http-timer@1.0.2'],
    verdict: 'the lookup listeners of a socket that is kept alive',
    blamed: /\.lookup -> Array/,
    known: 'http-timer-lookup',
  },
  {
    name: 'i18next-formatter',
    thread: 'https://github.com/i18next/i18next/issues/2227',
    packages: ['i18next@22.5.1'],
    verdict: 'the cache of createCachedFormatter, by all options and so by the value',
    blamed: /var cache -> Object/,
    known: 'i18next-formatters',
  },
  {
    name: 'import-query',
    thread: 'https://github.com/nodejs/node/issues/49442',
    packages: NODE,
    verdict: 'the load cache of the ESM loader',
    blamed: /\.loadCache -> LoadCache/,
    known: 'import-with-query',
  },
  {
    name: 'launchdarkly-lru',
    thread: 'https://github.com/launchdarkly/js-core/issues/474',
    packages: ['@launchdarkly/js-server-sdk-common@2.4.0'],
    verdict: 'keyMap, which clear() does not clear',
    blamed: /\.keyMap -> Map/,
    known: 'launchdarkly-lru-keys',
  },
  {
    name: 'mustache-cache',
    thread: 'https://github.com/janl/mustache.js/issues/748',
    packages: ['mustache@4.2.0'],
    verdict: 'templateCache of the writer, by the text of each template',
    blamed: /\._cache -> Object/,
    known: 'mustache-templates',
  },
  {
    name: 'nock-timers',
    thread: 'https://github.com/nock/nock/issues/2428',
    packages: ['nock@13.2.9'],
    verdict: 'the list of all timers that ever were started',
    blamed: /var (timeouts|immediates) -> Array/,
    known: 'nock-timers',
  },
  {
    name: 'opentelemetry-attributes',
    thread: 'https://github.com/open-telemetry/opentelemetry-js/issues/3621',
    packages: ['@opentelemetry/sdk-metrics@1.8.0'],
    verdict: 'a series for each set of attributes, without a limit',
    blamed: /\._(key|value)Map -> Map/,
    known: 'opentelemetry-attributes',
  },
  {
    name: 'performance-marks',
    thread: 'https://github.com/nodejs/node/issues/39297',
    packages: NODE,
    verdict: 'the timeline: the buffers of marks and measures',
    blamed: /var (mark|measure)EntryBuffer -> Array/,
    known: 'performance-timeline',
  },
  {
    name: 'prom-client-labels',
    thread: 'https://github.com/prometheus/client_js/issues/420',
    packages: ['prom-client@14.2.0'],
    verdict: 'hashMap of the counter: an entry for each label value',
    blamed: /\.hashMap -> Object/,
    known: 'prom-client-labels',
  },
  {
    name: 'promise-race',
    thread: 'https://github.com/nodejs/node/issues/17469',
    packages: NODE,
    verdict: 'the reactions of the promise that never settles',
    blamed: /reactions_or_result.* \| Promise .*\bclosed\b/,
    known: 'promise-reactions',
  },
  {
    name: 'react-recaptcha-timers',
    thread: 'https://github.com/appleboy/react-recaptcha/issues/247',
    packages: ['react-recaptcha@2.3.9'],
    verdict: 'the interval started in the constructor, which a server never clears',
    blamed: /run by the timers every 1000 ms/,
    known: 'timers-pile-up',
  },
  {
    name: 'react-side-effect',
    thread: 'https://github.com/gaearon/react-side-effect/issues/39',
    packages: ['react-side-effect@1.1.5'],
    verdict: 'mountedInstances, which only rewind() empties on a server',
    blamed: /var mountedInstances -> Array/,
    known: 'react-side-effect-rewind',
  },
  {
    name: 'rxjs-share-replay',
    thread: 'https://github.com/ReactiveX/rxjs/issues/5931',
    packages: ['rxjs@6.6.3'],
    verdict: 'shareReplay without refCount stays subscribed to its source',
    blamed: /\.observers -> Array/,
    known: 'rxjs-share-replay',
  },
  {
    name: 'sinon-fakes',
    thread: 'https://github.com/sinonjs/sinon/issues/1866',
    packages: ['sinon@15.2.0'],
    verdict: 'the collection of fakes of the default sandbox',
    blamed: /var collection -> Array/,
    known: 'sinon-fakes',
  },
  {
    name: 'slow-leak-in-noise',
    thread: 'https://github.com/nodejs/help/issues/1518',
    packages: NODE,
    verdict: 'one small object for ten requests, in a list of the module',
    blamed: /var notes -> Array ; \[\*\] -> AuditNote/,
  },
  {
    name: 'small-dictionaries',
    thread: 'https://github.com/nodejs/help/issues/1518',
    packages: NODE,
    verdict: 'many dictionaries of few keys, all of which grow',
    blamed: /\.orders -> Object/,
  },
  {
    name: 'styled-components-global',
    thread: 'https://github.com/styled-components/styled-components/issues/2913',
    packages: ['styled-components@5.0.0-rc.2'],
    verdict: 'the two Maps of GroupIDAllocator',
    blamed: /var (reverse|groupID)Register -> Map/,
    known: 'styled-components-create-global-style',
  },
  {
    name: 'winston-no-transport',
    thread: 'https://github.com/winstonjs/winston/issues/2114',
    packages: ['winston@3.7.2'],
    verdict: "the write buffer of the default logger's stream",
    blamed: /\._?writableState|WritableState/i,
    known: 'winston-without-transport',
  },
  {
    name: 'winston-transport',
    thread: 'https://github.com/winstonjs/winston/issues/1791',
    packages: ['winston@3.7.2'],
    verdict: 'the listeners of a transport that many loggers share',
    blamed: /\._events -> Object ; \.\w+ -> Array|\.(finish|close|unpipe|drain|error) -> Array/,
    known: 'winston-shared-transport',
  },
];
