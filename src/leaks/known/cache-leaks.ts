import type { KnownLeak } from './known-leak.js';

/** Packages with a cache that has no limit. */
export const CACHE_LEAKS: readonly KnownLeak[] = [
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
    id: 'ajv-schemas',
    paths: [
      ['* -> Ajv', '._cache -> Cache', '._cache -> Object', '["*"] -> SchemaObject'],
      ['* -> Ajv', '._cache -> Map', '**'],
    ],
    versions: 'ajv, all versions',
    cause:
      'An Ajv instance keeps each schema that it has compiled, and new schemas are created repeatedly here.',
    fix: 'Compile each schema once, when the program starts; or call removeSchema, or take a new Ajv.',
    links: ['https://github.com/ajv-validator/ajv/issues/1413'],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'graphql-tag-documents',
    paths: [['var docCache -> Map', 'Map["*"] -> Object']],
    versions: 'graphql-tag 2',
    cause: 'gql keeps each document by its text, and values are written into the text here.',
    fix: 'Pass values as variables of the query, not as text.',
    links: ['https://github.com/apollographql/graphql-tag/issues/356'],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'mustache-templates',
    paths: [['.templateCache -> Object', '._cache -> Object', '["*"] -> Array']],
    versions: 'mustache 4',
    cause: 'Mustache keeps each template by its text, and each text is new here.',
    fix: 'Keep values out of templates, or set Mustache.templateCache = undefined.',
    links: [
      'https://github.com/janl/mustache.js/issues/748',
      'https://github.com/janl/mustache.js/issues/818',
    ],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'hogan-templates',
    paths: [['.cache -> Object', '["*"] -> Hogan.Template']],
    versions: 'hogan.js, all versions',
    cause: 'Hogan keeps each template by its text, and each text is new here.',
    fix: 'Keep values out of templates, or empty Hogan.cache now and then.',
    links: ['https://github.com/twitter/hogan.js/issues/239'],
    fixedIn: null,
    kind: 'use',
  },
  {
    id: 'i18next-formatters',
    paths: [
      ['.* -> invokeFormatter()', '<context> -> *', 'var cache -> *', '* -> *'],
      [
        '* -> Formatter',
        '.formats -> Object',
        '.* -> ()',
        '<context> -> *',
        'var cache -> *',
        '* -> *',
      ],
    ],
    versions: 'i18next 21 and later',
    cause:
      'Formatters are cached by all options of the call, and the value to be formatted is one of them.',
    fix: 'Format values before they are passed to t(), or register your own formatter with addUncached().',
    links: ['https://github.com/i18next/i18next/issues/2227'],
    fixedIn: null,
    kind: 'library',
  },
  {
    id: 'emotion-stylis-cache',
    paths: [
      ['var cache -> Object', '.* -> *', '<*> -> string'],
      ['WeakMap["*"] -> ()', '<context> -> *', 'var cache -> Object', '.* -> *', '* -> string'],
    ],
    versions: '@emotion/cache 11, on servers',
    cause:
      'All Emotion caches of a process share the compiled result of each style, and each style with a new value is a new style.',
    fix: 'Put values that change into the style attribute or a CSS variable, not into the style.',
    links: [
      'https://github.com/emotion-js/emotion/issues/2503',
      'https://github.com/emotion-js/emotion/pull/3110',
    ],
    fixedIn: null,
    kind: 'library',
  },
  {
    id: 'goober-cache',
    paths: [['.css -> i()', '<context> -> *', 'var n -> Object', '["*"] -> string']],
    versions: 'goober 2',
    cause:
      'goober keeps each style and its class name, and extractCss() does not empty that cache.',
    fix: 'Put values that change into the style attribute or a CSS variable, not into the style.',
    links: ['https://github.com/cristianbote/goober/issues/269'],
    fixedIn: null,
    kind: 'library',
  },
  {
    id: 'launchdarkly-lru-keys',
    paths: [['* -> LruCache', '.keyMap -> Map', 'Map key -> string']],
    versions: '@launchdarkly/js-server-sdk-common before 2.5.0',
    cause: 'clear() of its LruCache empties everything but the index of its keys.',
    fix: 'Use @launchdarkly/js-server-sdk-common 2.5.0 or later.',
    links: ['https://github.com/launchdarkly/js-core/issues/474'],
    fixedIn: '@launchdarkly/js-server-sdk-common 2.5.0',
    kind: 'library',
  },
  {
    id: 'express-session-memory-store',
    paths: [['* -> MemoryStore', '.sessions -> Object', '["*"] -> string']],
    versions: 'express-session, all versions',
    cause: 'The default MemoryStore never removes a session that is not used again.',
    fix: 'Use a store that is made for production, such as connect-redis or memorystore.',
    links: ['https://github.com/expressjs/session/issues/284'],
    fixedIn: null,
    kind: 'use',
  },
];
