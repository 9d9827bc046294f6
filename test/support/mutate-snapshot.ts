import { type SnapshotModel, toSnapshotText } from './shrink-snapshot.js';

/** The random choices of mutations. */
export interface Dice {
  readonly below: (limit: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
}

export function diceOf(random: () => number): Dice {
  const below = (limit: number) => Math.floor(random() * limit);
  return { below, pick: (choices) => choices[below(choices.length)] as never };
}

interface ModelMutation {
  readonly name: string;
  readonly on: 'model';
  /** The file means the same, or another sound heap: it must be read. */
  readonly isSound?: true;
  readonly apply: (model: SnapshotModel, dice: Dice) => SnapshotModel;
}

interface BytesMutation {
  readonly name: string;
  readonly on: 'bytes';
  readonly isSound?: true;
  readonly apply: (bytes: Buffer, dice: Dice) => Buffer;
}

export type Mutation = ModelMutation | BytesMutation;

/** Numbers at the limits of integers, columns and doubles. */
const NUMBERS = [
  ...[-1, -2, -7, 0, 1, 7, 255, 256, 65_535, 65_536, 999_999_999, 1_000_000_000],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1],
  ...[2 ** 32 + 12, 2 ** 53 - 1, 2 ** 53, -(2 ** 53)],
  ...['-0', '00', '007', '1.0', '1.5', '1e3', '1e400', '-', '--1', '+1', '0x10', 'NaN', 'null'],
  ...['true', '"1"', '[]', '{}', '', ' ', '1 2', '9'.repeat(24), '9'.repeat(400)],
];
const BYTES = [
  ...Buffer.from(',,,[]{}":-+.eE0198 \n\r\t\\/unt\0\x7f'),
  0x80,
  0xc3,
  0xe2,
  0xff,
  0xfe,
];
const NUMERIC = ['nodes', 'edges', 'locations'] as const;
const COUNTS = [
  0,
  1,
  -1,
  23,
  26e6,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  2 ** 53,
  1.5,
  '3',
  null,
  true,
  [],
  {},
  undefined,
];

function withHeader(model: SnapshotModel, changes: Record<string, unknown>): SnapshotModel {
  return { ...model, snapshot: { ...model.snapshot, ...changes } };
}

function strideOf({ snapshot: { meta } }: SnapshotModel, section: string): number {
  const fields = meta[`${section.slice(0, -1)}_fields`];
  return Array.isArray(fields) ? fields.length : 4;
}

/** The section with one value replaced. */
function withValue(
  model: SnapshotModel,
  section: string,
  at: number,
  value: unknown,
): SnapshotModel {
  const values = [...((model[section] ?? []) as unknown[])];
  if (at < values.length) values[at] = value;
  return { ...model, [section]: values };
}

/** A random value of one field of the records. */
function fieldAt(model: SnapshotModel, section: string, field: string, dice: Dice): number {
  const stride = strideOf(model, section);
  const fields = model.snapshot.meta[`${section.slice(0, -1)}_fields`] as string[];
  const rows = Math.floor(((model[section] as unknown[] | undefined)?.length ?? 0) / stride);
  return dice.below(Math.max(1, rows)) * stride + fields.indexOf(field);
}

function reordered(model: SnapshotModel, keys: readonly string[]): SnapshotModel {
  return Object.fromEntries(keys.map((key) => [key, model[key]])) as SnapshotModel;
}

function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  const rest = [...list];
  return Array.from(list, () => rest.splice(dice.below(rest.length), 1)[0] as T);
}

const MODEL: readonly Omit<ModelMutation, 'on'>[] = [
  {
    name: 'a count that lies',
    apply: (model, { pick }) =>
      withHeader(model, {
        [pick(['node_count', 'edge_count', 'root_index', 'trace_function_count'])]: pick(COUNTS),
      }),
  },
  {
    name: 'a count that is off by one',
    apply: (model, { pick }) => {
      const count = pick(['node_count', 'edge_count']);
      return withHeader(model, { [count]: Number(model.snapshot[count]) + pick([-1, 1]) });
    },
  },
  {
    name: 'a number at a border',
    apply: (model, dice) => {
      const section = dice.pick(NUMERIC);
      return withValue(model, section, dice.below(model[section]?.length ?? 0), dice.pick(NUMBERS));
    },
  },
  {
    name: 'a field at a border',
    apply: (model, dice) => {
      const [section, field] = dice.pick([
        ...(['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'] as const).map(
          (f) => ['nodes', f] as const,
        ),
        ...(['type', 'name_or_index', 'to_node'] as const).map((f) => ['edges', f] as const),
      ]);
      return withValue(model, section, fieldAt(model, section, field, dice), dice.pick(NUMBERS));
    },
  },
  {
    name: 'an id above 2^32',
    apply: (model, dice) =>
      withValue(model, 'nodes', fieldAt(model, 'nodes', 'id', dice), 2 ** 32 + dice.below(100)),
  },
  {
    name: 'another element index',
    isSound: true,
    apply: (model, dice) => {
      const at = fieldAt(model, 'edges', 'name_or_index', dice);
      const types = (model.snapshot.meta.edge_types as string[][])[0] ?? [];
      if (types[Number(model.edges[at - 1])] !== 'element') return model;
      return withValue(
        model,
        'edges',
        at,
        dice.pick([0, -1, 2 ** 31, 2 ** 32 - 1, -(2 ** 31), 999_999_999]),
      );
    },
  },
  {
    name: 'an edge to somewhere else',
    isSound: true,
    apply: (model, dice) => {
      const stride = strideOf(model, 'nodes');
      const to = dice.below(Math.max(1, model.nodes.length / stride)) * stride;
      return withValue(model, 'edges', fieldAt(model, 'edges', 'to_node', dice), to);
    },
  },
  {
    name: 'an edge out of range',
    apply: (model, dice) => {
      const to = dice.pick([model.nodes.length, model.nodes.length + 7, -7, 1, 2 ** 32]);
      return withValue(model, 'edges', fieldAt(model, 'edges', 'to_node', dice), to);
    },
  },
  {
    name: 'an edge that belongs to the next node',
    apply: (model, dice) => {
      const stride = strideOf(model, 'nodes');
      const at = fieldAt(model, 'nodes', 'edge_count', dice);
      const fewer = withValue(model, 'nodes', at, Number(model.nodes[at] ?? 0) - 1);
      return withValue(fewer, 'nodes', at + stride, Number(fewer.nodes[at + stride] ?? 0) + 1);
    },
  },
  {
    name: 'an id twice',
    apply: (model, dice) => {
      const [from, to] = [fieldAt(model, 'nodes', 'id', dice), fieldAt(model, 'nodes', 'id', dice)];
      return withValue(model, 'nodes', to, model.nodes[from]);
    },
  },
  {
    name: 'a type nobody knows',
    apply: (model, dice) => {
      const section = dice.pick(['nodes', 'edges'] as const);
      const type = dice.pick([15, 99, 199, 255, 256, 1000, 2 ** 32 + 2]);
      return withValue(model, section, fieldAt(model, section, 'type', dice), type);
    },
  },
  {
    name: 'a section less',
    apply: (model, { pick }) => {
      const { [pick(Object.keys(model))]: _, ...rest } = model;
      return rest as SnapshotModel;
    },
  },
  {
    name: 'a section that is empty',
    apply: (model, { pick }) => ({
      ...model,
      [pick(Object.keys(model))]: pick(['[]', '{}', 'null', '0', '""', '[[]]', '']),
    }),
  },
  {
    name: 'a section twice',
    apply: (model, { pick }) => {
      const key = pick(Object.keys(model));
      return { ...model, [`${key} again`]: model[key] };
    },
  },
  {
    name: 'sections in another order',
    apply: (model, dice) => reordered(model, shuffled(Object.keys(model), dice)),
  },
  {
    name: 'the header first, other sections in another order',
    isSound: true,
    apply: (model, dice) => {
      const rest = Object.keys(model).filter((key) => key !== 'snapshot');
      return reordered(model, ['snapshot', ...shuffled(rest, dice)]);
    },
  },
  {
    name: 'sections nobody knows',
    isSound: true,
    apply: (model, dice) => {
      const depth = dice.pick([1, 10, 2000, 20_000]);
      const value = dice.pick([
        '1',
        'null',
        '"x]}\\""',
        `${'['.repeat(depth)}${']'.repeat(depth)}`,
        `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
      ]);
      const keys = Object.keys(model);
      const place = 1 + dice.below(keys.length);
      return reordered({ ...model, more: value }, [
        ...keys.slice(0, place),
        'more',
        ...keys.slice(place),
      ]);
    },
  },
  {
    name: 'a field less in the header',
    apply: (model, dice) => {
      const { meta } = model.snapshot;
      const list = dice.pick(Object.keys(meta));
      const value = meta[list];
      const shorter = Array.isArray(value)
        ? value.filter((_, i) => i !== dice.below(value.length))
        : undefined;
      return withHeader(model, {
        meta: { ...meta, [list]: dice.pick([shorter, undefined, 7, 'x', []]) },
      });
    },
  },
  {
    name: 'a key of the header twice',
    isSound: true,
    apply: (model, dice) => {
      const key = dice.pick(['node_count', 'edge_count', 'meta', 'more']);
      const twice = `{"${key}":${dice.pick(['0', '23', '26000000', 'null', '{}'])},`;
      const { snapshot } = model as { readonly snapshot: unknown };
      const header = typeof snapshot === 'string' ? snapshot : JSON.stringify(snapshot);
      // a text is written unchanged; of two equal keys the second one counts
      return { ...model, snapshot: header.replace('{', twice) as never };
    },
  },
  {
    name: 'fields renamed or in another order',
    apply: (model, dice) => {
      const { meta } = model.snapshot;
      const list = dice.pick(['node_fields', 'edge_fields', 'location_fields']);
      const value = (meta[list] ?? []) as string[];
      const changed = dice.pick([
        shuffled(value, dice),
        [...value, 'more'],
        value.map((f) => dice.pick([f, f, f, 'type'])),
      ]);
      return withHeader(model, { meta: { ...meta, [list]: changed } });
    },
  },
  {
    name: 'a string less',
    apply: (model, dice) => ({
      ...model,
      strings: model.strings.filter((_, i) => i !== dice.below(model.strings.length)),
    }),
  },
  {
    name: 'strings of all kinds',
    isSound: true,
    apply: (model, dice) => {
      const strings = [...model.strings];
      strings[dice.below(strings.length)] = dice.pick([
        '',
        '"',
        '\\',
        '\u0000',
        '\ud800',
        '💥',
        'x'.repeat(5000),
        '],"nodes":[',
        '__proto__',
      ]);
      return { ...model, strings };
    },
  },
  {
    name: 'a value that is not a string',
    apply: (model, dice) =>
      withValue(
        model,
        'strings',
        dice.below(model.strings.length),
        dice.pick([1, null, [], {}, true]),
      ),
  },
  {
    name: 'no nodes',
    apply: (model) => ({
      ...withHeader(model, { node_count: 0, edge_count: 0 }),
      nodes: [],
      edges: [],
      locations: [],
    }),
  },
  {
    name: 'a location that is wrong',
    apply: (model, dice) =>
      withValue(
        model,
        'locations',
        dice.below(model.locations?.length ?? 0),
        dice.pick([1, -1, -7, 2 ** 31, 2 ** 32 + 1, model.nodes.length]),
      ),
  },
];

const TEXT: readonly Omit<BytesMutation, 'on'>[] = [
  { name: 'cut', apply: (bytes, { below }) => bytes.subarray(0, below(bytes.length)) },
  { name: 'nothing', apply: () => Buffer.alloc(0) },
  {
    name: 'a flipped bit',
    apply: (bytes, { below }) => {
      const changed = Buffer.from(bytes);
      const at = below(bytes.length);
      changed[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      return changed;
    },
  },
  {
    name: 'another byte',
    apply: (bytes, { below, pick }) => {
      const changed = Buffer.from(bytes);
      for (let n = 1 + below(3); n > 0; n--) changed[below(bytes.length)] = pick(BYTES);
      return changed;
    },
  },
  {
    name: 'a byte more',
    apply: (bytes, { below, pick }) => {
      const at = below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([pick(BYTES)]), bytes.subarray(at)]);
    },
  },
  {
    name: 'bytes less',
    apply: (bytes, { below, pick }) => {
      const at = below(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + pick([1, 1, 2, 10, 1000]))]);
    },
  },
  {
    name: 'a piece twice',
    apply: (bytes, { below }) => {
      const [from, length, at] = [below(bytes.length), below(200), below(bytes.length)];
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(from, from + length),
        bytes.subarray(at),
      ]);
    },
  },
  {
    name: 'what is not UTF-8',
    apply: (bytes, { below, pick }) => {
      const at = below(bytes.length);
      const wrong = pick([
        [0xff],
        [0xc3],
        [0xe2, 0x82],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xef, 0xbb, 0xbf],
      ]);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(wrong), bytes.subarray(at)]);
    },
  },
  {
    name: 'a byte order mark',
    isSound: true,
    apply: (bytes) =>
      bytes[0] === 0xef ? bytes : Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  },
  {
    name: 'half a mark',
    apply: (bytes, { pick }) =>
      Buffer.concat([Buffer.from(pick([[0xef], [0xbb], [0xef, 0xbb], [0xbb, 0xbf]])), bytes]),
  },
  {
    name: 'UTF-16',
    apply: (bytes, { pick }) => {
      const wide = Buffer.from(`${pick(['', '\ufeff'])}${bytes.toString('latin1')}`, 'utf16le');
      return pick([true, false]) ? wide : wide.swap16();
    },
  },
  {
    name: 'CRLF',
    isSound: true,
    apply: (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  },
  {
    name: 'rewritten by another program',
    isSound: true,
    apply: (bytes, { pick }) => {
      try {
        return Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), null, pick([1, 2, '\t'])));
      } catch {
        // no longer JSON
        return bytes;
      }
    },
  },
  {
    name: 'more after the end',
    apply: (bytes, { pick }) =>
      Buffer.concat([
        bytes,
        Buffer.from(pick(['}', '{}', 'x', '\0', ',', bytes.toString('latin1')]), 'latin1'),
      ]),
  },
  {
    name: 'white space after the end',
    isSound: true,
    apply: (bytes) => Buffer.concat([bytes, Buffer.from(' \r\n\t')]),
  },
];

export const MUTATIONS: readonly Mutation[] = [
  ...MODEL.map((mutation) => ({ ...mutation, on: 'model' as const })),
  ...TEXT.map((mutation) => ({ ...mutation, on: 'bytes' as const })),
];

export interface MutatedSnapshot {
  readonly bytes: Buffer;
  readonly mutations: readonly string[];
  readonly isSound: boolean;
}

/** One file, changed in one to three ways: first its content, then its form. */
export function mutateSnapshot(base: SnapshotModel, dice: Dice): MutatedSnapshot {
  const chosen = Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () => dice.pick(MUTATIONS));
  let model = base;
  for (const { on, apply } of chosen) if (on === 'model') model = applyTo(model, dice, apply);
  const comma = dice.pick([',', ',', ',', '\n,', ',\n', ' , ', ' ,\r\n\t']);
  let bytes: Buffer = Buffer.from(
    toSnapshotText(model, {
      ...{ comma, record: dice.pick([comma, '\n,', '\n,', ',\n']) },
      colon: dice.pick([':', ': ', '\n:\t']),
    }),
  );
  for (const mutation of chosen) {
    if (mutation.on === 'bytes' && bytes.length > 0) bytes = mutation.apply(bytes, dice);
  }
  return {
    bytes,
    mutations: chosen.map(({ name }) => name),
    isSound: chosen.every(({ isSound }) => isSound === true),
  };
}

/** Applies a change; it has no effect if it needs something that an earlier one has removed. */
function applyTo(model: SnapshotModel, dice: Dice, apply: ModelMutation['apply']): SnapshotModel {
  try {
    return apply(model, dice);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return model;
    throw error;
  }
}
