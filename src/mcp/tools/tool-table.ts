/** One argument of a tool, as JSON Schema. */
interface Argument {
  readonly type: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: 'string' };
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A tool as clients see it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  readonly required: readonly string[];
}

/** Tokens of an answer where nobody says. */
export const USUAL_BUDGET = 1500;
/** With fewer not even a sentence fits. */
const LEAST_BUDGET = 300;
const MOST_BUDGET = 20_000;

const HEAP: Argument = { type: 'string', description: 'heap snapshot in the folder' };
const HEAPS: Argument = {
  type: 'array',
  items: { type: 'string' },
  description: 'heap snapshots of one program, in order of time',
};
const TARGET: Argument = {
  type: ['string', 'array'],
  items: { type: 'string' },
  description: '@id, a.b[0], class:Foo, fn:name, string:/re/, var:x, global:x, largest or detached',
};
const BUDGET: Argument = {
  type: 'integer',
  minimum: LEAST_BUDGET,
  maximum: MOST_BUDGET,
  description: `tokens of the answer, about (default ${USUAL_BUDGET})`,
};
const PICTURE = {
  picture: { type: 'string', enum: ['svg', 'html', 'none'], description: 'file to draw' },
  image: { type: 'boolean', description: 'also send a PNG' },
} as const satisfies Record<string, Argument>;
const CHOICE = {
  largest: { type: 'boolean', description: 'the match that retains most' },
  nth: { type: 'integer', minimum: 1, description: 'the nth match' },
  all: { type: 'boolean', description: 'all matches of a name' },
} as const satisfies Record<string, Argument>;
const FAN_IN: Argument = { type: 'integer', minimum: 1, maximum: 100 };
const GRAPH = {
  heap: HEAP,
  target: TARGET,
  ...CHOICE,
  fanIn: FAN_IN,
  everything: { type: 'boolean' },
} as const satisfies Record<string, Argument>;
const PATHS: Argument = { type: 'integer', minimum: 1, maximum: 10 };
const DEPTH: Argument = { type: 'integer', minimum: 0, maximum: 20 };
const LIST = {
  filter: { type: 'string', description: 'part of a name, or /re/' },
  limit: { type: 'integer', minimum: 1, maximum: 1000 },
  all: { type: 'boolean', description: "the engine's own classes, too" },
} as const satisfies Record<string, Argument>;

/** Every tool, under the name of the command that gives the same answer. */
const TOOLS: readonly Tool[] = [
  {
    name: 'leaks',
    description:
      'What holds more and more: start here. Three heaps of one program or more, with the same work between them',
    arguments: { heaps: HEAPS, nth: CHOICE.nth, budget: BUDGET, ...PICTURE },
    required: ['heaps'],
  },
  {
    name: 'backrefs',
    description: 'Who holds an object, up to the GC roots',
    arguments: { ...GRAPH, depth: DEPTH, paths: PATHS, budget: BUDGET, ...PICTURE },
    required: ['heap', 'target'],
  },
  {
    name: 'chain',
    description: 'The shortest way from a GC root to an object',
    arguments: { ...GRAPH, paths: PATHS, budget: BUDGET, ...PICTURE },
    required: ['heap', 'target'],
  },
  {
    name: 'refs',
    description: 'What an object holds',
    arguments: { ...GRAPH, depth: DEPTH, budget: BUDGET, ...PICTURE },
    required: ['heap', 'target'],
  },
  {
    name: 'cut',
    description: 'Who would hold an object if some references were gone, and what would be freed',
    arguments: {
      ...GRAPH,
      cut: {
        type: ['string', 'array'],
        items: { type: 'string' },
        description: '"Holder->Held", names or ids',
      },
      budget: BUDGET,
      ...PICTURE,
    },
    required: ['heap', 'target', 'cut'],
  },
  {
    name: 'types',
    description: 'Classes of a heap: objects, bytes, bytes retained',
    arguments: {
      heap: HEAP,
      sort: { type: 'string', enum: ['count', 'size', 'retained'] },
      ...LIST,
      budget: BUDGET,
    },
    required: ['heap'],
  },
  {
    name: 'growth',
    description: 'Classes that have grown from heap to heap. It does not say who holds them',
    arguments: {
      heaps: HEAPS,
      sort: { type: 'string', enum: ['count', 'size'] },
      ...LIST,
      budget: BUDGET,
    },
    required: ['heaps'],
  },
  {
    name: 'info',
    description: 'Who wrote a heap and what is in it; without one, which heaps there are',
    arguments: { heap: HEAP, budget: BUDGET },
    required: [],
  },
];

/** More of them where live programs may be looked at. */
const LIVE_ARGUMENTS: Readonly<Record<string, Argument>> = {
  rounds: { type: 'integer', minimum: 2, maximum: 20, description: 'heaps of one live program' },
  every: { type: 'integer', minimum: 1, maximum: 3600, description: 'seconds between them' },
};

/** The tools of a server. */
export function toolsOf({ isLiveAllowed }: { readonly isLiveAllowed: boolean }): readonly Tool[] {
  if (!isLiveAllowed) return TOOLS;
  return TOOLS.map((tool) => {
    if (!('heaps' in tool.arguments)) return tool;
    return { ...tool, arguments: { ...tool.arguments, ...LIVE_ARGUMENTS } };
  });
}

/** As `tools/list` answers. */
export function describeTool({ name, description, arguments: properties, required }: Tool) {
  return {
    name,
    description,
    inputSchema: { type: 'object', properties, required, additionalProperties: false },
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
}
