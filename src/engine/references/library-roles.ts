import type { Key, Meaning } from '../meaning.js';

/**
 * The roles of the objects by which the libraries of Node.js and Deno implement one reference of a
 * program: the tables of listeners, timers and queues. A role is recognised by the object's holder
 * and the reference.
 */
export type Role =
  | 'events'
  | 'event-list'
  | 'once'
  | 'once-state'
  | 'target-map'
  | 'target-list'
  | 'target-listener'
  | 'handler'
  | 'deno-data'
  | 'deno-map'
  | 'deno-list'
  | 'deno-listener'
  | 'timer-map'
  | 'timer-list'
  | 'immediate-list'
  | 'tick-queue'
  | 'tick-buffer'
  | 'tick-array'
  | 'tick'
  | 'tick-arguments';

/** The owner that is drawn as the holder of what a library object carries. */
export type LibraryOwner = 'emitter' | 'target' | 'runtime-scope';

/** A reference by which a library object may be held. */
export interface HeldBy {
  /**
   * The role to continue from, the owner that is drawn, or null for another path to the same (back
   * links).
   */
  readonly from: Role | LibraryOwner | null;
  /** Name of the property or variable; null for any property, element or Map key. */
  readonly by: string | null;
  /** The meaning of what is carried, given the name or key by which it is held here. */
  readonly meaning?: (key: Key) => Meaning;
}

export interface RoleRules {
  /** The class of the library object; null for a function of any name. */
  readonly name: string | null;
  readonly heldBy: readonly HeldBy[];
  /** The references that carry what a program handed over; null for all properties or elements. */
  readonly carries: readonly string[] | null;
  /**
   * The meaning of everything carried, given what was found on the way and the name it is carried
   * by.
   */
  readonly meaning?: (found: Meaning | null, carriedAs: Key | null) => Meaning;
}

const UNNAMED: Meaning = { kind: 'unnamed' };
const listener = (event: Key): Meaning => ({ kind: 'listener', event, once: false });
const once = (found: Meaning | null): Meaning =>
  found?.kind === 'listener' ? { ...found, once: true } : UNNAMED;
const timer = (delay: Key): Meaning => ({ kind: 'timer', delay: nameOf(delay), repeats: false });
const NOTHING: readonly string[] = [];

export const ROLES: Readonly<Record<Role, RoleRules>> = {
  events: {
    name: 'Object',
    heldBy: [{ from: 'emitter', by: '_events' }],
    carries: null,
    meaning: (_, event) => (event === null ? UNNAMED : listener(event)),
  },
  'event-list': {
    name: 'Array',
    heldBy: [{ from: 'events', by: null, meaning: listener }],
    carries: null,
  },
  once: {
    name: null,
    heldBy: [
      { from: null, by: 'wrapFn' },
      { from: 'events', by: null, meaning: listener },
      { from: 'event-list', by: null },
    ],
    carries: ['listener'],
    meaning: once,
  },
  'once-state': {
    name: 'Object',
    heldBy: [{ from: 'once', by: 'bound_this' }],
    carries: ['listener', 'target'],
    meaning: once,
  },
  'target-map': {
    name: 'Map',
    heldBy: ['kEvents', 'kHandlers', 'eventHandlers'].map((name) => ({
      from: 'target' as const,
      by: `<symbol ${name}>`,
    })),
    carries: NOTHING,
  },
  'target-list': {
    name: 'Object',
    heldBy: [
      { from: null, by: 'previous' },
      { from: 'target-map', by: null, meaning: listener },
    ],
    carries: NOTHING,
  },
  'target-listener': {
    name: 'Listener',
    heldBy: [
      { from: null, by: 'previous' },
      { from: 'target-list', by: 'next' },
      { from: 'target-listener', by: 'next' },
    ],
    carries: ['callback', 'listener'],
  },
  handler: {
    name: null,
    heldBy: [
      { from: 'target-listener', by: 'callback' },
      { from: 'target-listener', by: 'listener' },
      { from: 'deno-listener', by: 'callback' },
      { from: 'target-map', by: null, meaning: listener },
    ],
    carries: ['handler'],
  },
  'deno-data': { name: 'Object', heldBy: [{ from: 'target', by: '<symbol>' }], carries: NOTHING },
  'deno-map': {
    name: 'Object',
    heldBy: [{ from: 'deno-data', by: 'listeners' }],
    carries: NOTHING,
  },
  'deno-list': {
    name: 'Array',
    heldBy: [{ from: 'deno-map', by: null, meaning: listener }],
    carries: NOTHING,
  },
  'deno-listener': {
    name: 'Object',
    heldBy: [{ from: 'deno-list', by: null }],
    carries: ['callback'],
  },
  'timer-map': {
    name: 'Object',
    heldBy: [
      { from: 'runtime-scope', by: 'timerListMap' },
      { from: null, by: 'timerListMap' },
    ],
    carries: NOTHING,
  },
  'timer-list': {
    name: 'TimersList',
    heldBy: [
      { from: null, by: '_idleNext' },
      { from: null, by: '_idlePrev' },
      { from: 'timer-map', by: null, meaning: timer },
      // the priority queue that orders the lists by time also holds each of them
      { from: null, by: null },
    ],
    carries: ['_idleNext', '_idlePrev'],
  },
  'immediate-list': {
    name: 'ImmediateList',
    heldBy: ['immediateQueue', 'outstandingQueue'].flatMap((by) => [
      { from: 'runtime-scope' as const, by },
      { from: null, by },
    ]),
    carries: ['head', 'tail'],
    meaning: () => ({ kind: 'immediate' }),
  },
  'tick-queue': {
    name: 'FixedQueue',
    heldBy: [{ from: 'runtime-scope', by: 'queue' }],
    carries: NOTHING,
  },
  'tick-buffer': {
    name: 'FixedCircularBuffer',
    heldBy: [
      { from: 'tick-queue', by: 'head' },
      { from: 'tick-queue', by: 'tail' },
      { from: 'tick-buffer', by: 'next' },
    ],
    carries: NOTHING,
  },
  'tick-array': { name: 'Array', heldBy: [{ from: 'tick-buffer', by: 'list' }], carries: NOTHING },
  tick: {
    name: 'Object',
    heldBy: [{ from: 'tick-array', by: null }],
    carries: ['callback'],
    meaning: () => ({ kind: 'next-tick-callback' }),
  },
  'tick-arguments': {
    name: 'Array',
    heldBy: [{ from: 'tick', by: 'args' }],
    carries: null,
    meaning: () => ({ kind: 'next-tick-argument' }),
  },
};

export const ALL_ROLES = Object.keys(ROLES) as readonly Role[];

/** The key of a table of timers: their delay. */
function nameOf(key: Key): string {
  if (key.type === 'text') return key.text;
  return key.type === 'number' ? (key.value ?? '') : '';
}
