import type { RealLeak } from './real-leaks.js';

/**
 * Leaks that were chosen and made again when the search was finished, to see whether it finds what it was
 * not made with: of these 17, the first suspect of the first try was the right one for 16, and the only one.
 */
export const HELD_OUT_LEAKS: readonly HeldOutLeak[] = [
  {
    name: 'comlink-proxies',
    thread: 'https://github.com/GoogleChromeLabs/comlink/issues/63',
    packages: ['comlink@4.3.1'],
    verdict: 'the message port that each proxy opens, and nobody closes',
    blamed: /open MessagePort/,
    firstTry:
      'none on Node.js 20 and 22, and no name on 24 and 26: what Node.js keeps in C++ was not told apart',
  },
  {
    name: 'eventemitter2-tree',
    thread: 'https://github.com/EventEmitter2/EventEmitter2/pull/132',
    packages: ['eventemitter2@0.4.14'],
    verdict: 'the empty nodes of listenerTree',
    blamed: /\.order -> Object ; .*property shop/,
    firstTry: 'right',
  },
  {
    name: 'formatting-by-object',
    thread: 'https://github.com/transferwise/formatting/pull/65',
    packages: ['@transferwise/formatting@2.4.1'],
    verdict: 'the cache of DateTimeFormat by the options object',
    blamed: /Map\["\*"\] -> DateTimeFormat/,
    firstTry: 'right',
  },
  {
    name: 'graphql-jit-memoize',
    thread: 'https://github.com/zalando-incubator/graphql-jit/issues/287',
    packages: ['graphql-jit@0.8.7', 'graphql@15.10.1'],
    verdict: 'the cache of the memoized joinOriginPaths, by arrays that are always new',
    blamed: /\.map -> Map .*MapCache/,
    firstTry: 'right',
  },
  {
    name: 'grpc-channelz',
    thread: 'https://github.com/grpc/grpc-node/issues/1941',
    packages: ['@grpc/grpc-js@1.4.1'],
    verdict: 'the lists of channelz, to which channels that are not closed belong',
    blamed: /var (sub)?channels -> Array/,
    firstTry: 'right',
  },
  {
    name: 'html-parser-slices',
    thread: 'https://github.com/taoqf/node-html-parser/issues/64',
    packages: ['node-html-parser@1.2.20'],
    verdict: 'short texts that are slices of whole pages, in a list of the program',
    blamed: /var links -> Array/,
    firstTry: 'right',
  },
  {
    name: 'jquery-cache',
    thread: 'https://github.com/jquery/jquery/issues/3925',
    packages: ['jquery@1.12.4', 'jsdom@22.1.0'],
    verdict: 'jQuery.cache, for elements that were removed without jQuery',
    blamed: /\.cache -> Object .*function jQuery/,
    firstTry: 'right',
  },
  {
    name: 'luxon-relative-formatters',
    thread: 'https://github.com/moment/luxon/issues/600',
    packages: ['luxon@1.19.3'],
    verdict: 'intlRelCache, of which the base of a comparison is part of the key',
    blamed: /var intlRelCache -> Object/,
    firstTry: 'right',
  },
  {
    name: 'mongoose-connections',
    thread: 'https://github.com/Automattic/mongoose/issues/2337',
    packages: ['mongoose@5.13.21'],
    verdict: 'mongoose.connections, which closed ones never leave',
    blamed: /\.connections -> Array/,
    firstTry: 'right',
  },
  {
    name: 'node-cron-tasks',
    thread: 'https://github.com/node-cron/node-cron/issues/348',
    packages: ['node-cron@3.0.0'],
    verdict: 'the list of scheduled tasks, which stopped ones never leave',
    blamed: /\.scheduledTasks -> Array/,
    firstTry: 'right',
  },
  {
    name: 'preact-entities',
    thread: 'https://github.com/preactjs/preact-render-to-string/pull/187',
    packages: ['preact-render-to-string@5.1.15', 'preact@10.5.12'],
    verdict: 'the cache of the memoized encodeEntities',
    blamed: /var r -> Map ; Map\["\*"\] -> string/,
    firstTry: 'right',
  },
  {
    name: 'redux-listener-race',
    thread: 'https://github.com/reduxjs/redux-toolkit/issues/3020',
    packages: ['@reduxjs/toolkit@1.9.1'],
    verdict: 'what each pause of a listener leaves on its abort signal',
    blamed: /Map\["\*"\] -> Object ; \.next -> Listener/,
    firstTry: 'right',
  },
  {
    name: 'require-hooks',
    thread: 'https://github.com/nodejs/require-in-the-middle/issues/83',
    packages: ['require-in-the-middle@4.0.1'],
    verdict: 'each hook wraps require of the one before: a chain',
    blamed: /\.require -> \(\)/,
    firstTry: 'right',
  },
  {
    name: 'sql-js-files',
    thread: 'https://github.com/ruvnet/ruflo/issues/2432',
    packages: ['sql.js@1.8.0'],
    verdict: 'the files of databases that are not closed, in the file system of the module',
    blamed: /-> Ob\b/,
    firstTry: 'right',
  },
  {
    name: 'storage-per-attempt',
    thread: 'https://github.com/openclaw/openclaw/issues/141132',
    packages: ['node'],
    verdict: "Node's list of all storages that were entered and not disabled",
    blamed: /var storageList -> Array/,
    majors: ['this one', '22'],
    firstTry: 'right',
  },
  {
    name: 'typedi-containers',
    thread: 'https://github.com/typestack/typedi/issues/739',
    packages: ['typedi@0.10.0'],
    verdict: 'the list of container instances, which reset() does not shorten',
    blamed: /\.instances -> Array/,
    firstTry: 'right',
  },
  {
    name: 'zod-registry',
    thread: 'https://github.com/mastra-ai/mastra/issues/18469',
    packages: ['zod@3.25.76'],
    verdict: 'the registry of all schemas with a description',
    blamed: /\._map -> Map/,
    firstTry: 'right',
  },
];

/** A leak with what was answered before anything was changed for it. */
export interface HeldOutLeak extends RealLeak {
  /** `right`: the first suspect was the one that the thread blames. */
  readonly firstTry: string;
}
