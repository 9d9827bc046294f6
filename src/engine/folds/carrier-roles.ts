import { propertyLabel } from './edge-labels.js';

/**
 * The objects by which the libraries of Node.js and Deno carry out one reference of a program: the
 * tables of listeners, timers and queues. Each has a role, told by what holds it and how.
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

/** Who is drawn as the holder of what a carrier carries. */
export type Anchor = 'emitter' | 'target' | 'runtime-scope';

/** A reference by which a carrier may be held. */
export interface Grip {
  /** A role to go on from, who is drawn, or null for a second way to the same (back links). */
  readonly from: Role | Anchor | null;
  /** Name of the property or variable; null for any property, element or Map key. */
  readonly by: string | null;
  /** The words for what is carried, given the name in the program's own terms. */
  readonly label?: (name: string) => string;
}

export interface RoleRules {
  /** The class of the carrier; null for a function of any name. */
  readonly name: string | null;
  readonly heldBy: readonly Grip[];
  /** The references that carry what a program handed over; null for all properties or elements. */
  readonly carries: readonly string[] | null;
  /** Said of all that is carried, given the label found on the way, or the name it is carried by. */
  readonly label?: (found: string) => string;
}

const listener = (name: string) => `listener ${name}`;
const NOTHING: readonly string[] = [];

export const ROLES: Readonly<Record<Role, RoleRules>> = {
  events: {
    name: 'Object',
    heldBy: [{ from: 'emitter', by: '_events' }],
    carries: null,
    label: listener,
  },
  'event-list': {
    name: 'Array',
    heldBy: [{ from: 'events', by: null, label: listener }],
    carries: null,
  },
  once: {
    name: null,
    heldBy: [
      { from: null, by: 'wrapFn' },
      { from: 'events', by: null, label: listener },
      { from: 'event-list', by: null },
    ],
    carries: ['listener'],
    label: (found) => `${found} (once)`,
  },
  'once-state': {
    name: 'Object',
    heldBy: [{ from: 'once', by: 'bound_this' }],
    carries: ['listener', 'target'],
    label: (found) => `${found} (once)`,
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
      { from: 'target-map', by: null, label: listener },
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
      { from: 'target-map', by: null, label: listener },
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
    heldBy: [{ from: 'deno-map', by: null, label: listener }],
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
      { from: 'timer-map', by: null, label: (ms) => `timer ${ms} ms` },
      // the heap that orders the lists by time has each of them too
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
    label: () => 'setImmediate',
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
    label: () => 'process.nextTick callback',
  },
  'tick-arguments': {
    name: 'Array',
    heldBy: [{ from: 'tick', by: 'args' }],
    carries: null,
    label: () => 'process.nextTick argument',
  },
};

export const ALL_ROLES = Object.keys(ROLES) as readonly Role[];

/** An event's name, which may be a symbol, as it is written in the call that adds a listener. */
export function showEventName(name: string): string {
  if (/^<symbol/.test(name)) return propertyLabel(name).slice(1, -1);
  return JSON.stringify(name);
}
