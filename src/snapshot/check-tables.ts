import { LocationTable } from './location-table.js';
import { type ScopeTable, toScopeTable } from './scope-table.js';
import type { SectionReader } from './section-reader.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { NODE_TYPES, type SnapshotTables } from './snapshot-tables.js';
import { fail } from './value-reader.js';

const SYNTHETIC = NODE_TYPES.indexOf('synthetic');
const NONE = new Uint32Array(0);
const NO_LOCATIONS = new LocationTable(
  { nodes: NONE, scriptIds: NONE, lines: NONE, columns: NONE },
  { isSorted: true },
);

/**
 * Makes tables of what was read once everything is consistent: later code indexes arrays with these
 * numbers and must be able to trust them.
 *
 * @throws FormatError saying which numbers are inconsistent.
 */
export function checkTables(reader: SectionReader): SnapshotTables {
  const { layout } = reader;
  if (layout === null) fail('it has no "snapshot" section', null);
  const nodes = reader.nodes ?? fail('it has no "nodes" section', null);
  const edges = reader.edges ?? fail('it has no "edges" section', null);
  const strings = reader.strings ?? fail('it has no "strings" section', null);
  if (nodes.count === 0) fail('it has no nodes', null);
  expectCount('nodes', nodes.count, layout.nodeCount);
  expectCount('edges', edges.count, layout.edgeCount);
  expectCount('edges by the nodes’ own counts', nodes.edges, layout.edgeCount);
  if (nodes.firstBad >= 0) fail(`node ${nodes.firstBad} has a negative number`, null);
  if (edges.firstBad >= 0) fail(`edge ${edges.firstBad} has a negative number`, null);
  if (edges.firstHuge >= 0) fail(`the index of edge ${edges.firstHuge} has over 32 bits`, null);
  if (edges.firstStray >= 0) fail(`edge ${edges.firstStray} does not point to a node`, null);
  const highestName = Math.max(nodes.highestName, edges.highestName);
  if (highestName >= strings.count) {
    fail(`string ${highestName} is used but there are only ${strings.count}`, null);
  }
  const rootOrdinal = layout.rootOffset / layout.node.stride;
  if (!Number.isInteger(rootOrdinal) || rootOrdinal >= nodes.count)
    fail('its root is not a node', null);
  const firstStrayLocation = reader.locations?.firstStray ?? -1;
  if (firstStrayLocation >= 0)
    fail(`location ${firstStrayLocation} does not belong to a node`, null);
  const columns = nodes.finish();
  if (columns.nodeIdsAbove !== null) checkWideIds(columns.nodeIds, columns.nodeIdsAbove);
  else if (!nodes.hasUniqueIds) checkIds(columns.nodeIds);
  return {
    nodeCount: nodes.count,
    edgeCount: edges.count,
    rootOrdinal,
    hasRoot: layout.namesRoot || columns.nodeTypes[rootOrdinal] === SYNTHETIC,
    isCounted: reader.isCounted,
    traceFunctionCount: layout.traceFunctionCount,
    extraNativeBytes: layout.extraNativeBytes,
    nodeTypeNames: layout.nodeTypeNames,
    edgeTypeNames: layout.edgeTypeNames,
    ...columns,
    ...edges.finish(),
    strings: strings.finish(),
    locations: reader.locations?.finish() ?? NO_LOCATIONS,
    scopes: scopesOf(reader, layout),
  };
}

function scopesOf({ scopes, strings }: SectionReader, layout: SnapshotLayout): ScopeTable | null {
  const sections = {
    scopes: scopes.scopes.finish(),
    variables: scopes.variables.finish(),
    uses: scopes.uses.finish(),
  };
  return toScopeTable(sections, layout.scope, {
    nodeStride: layout.node.stride,
    nodeCount: layout.nodeCount,
    stringCount: strings?.count ?? 0,
  });
}

function expectCount(what: string, found: number, announced: number): void {
  if (found !== announced) fail(`it announces ${announced} ${what} and has ${found}`, null);
}

/**
 * Checks that ids are unique, because objects are named by them. V8's own ids are dense, so one bit
 * each is enough; the few far larger ones (embedder ids made from addresses) go into a set.
 */
function checkIds(ids: Uint32Array): void {
  const limit = ids.length * 32;
  let dense = 0;
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] >= dense && ids[i] < limit) dense = ids[i] + 1;
  }
  const seen = new Uint32Array(Math.ceil(dense / 32));
  const sparse = new Set<number>();
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    const word = id >>> 5;
    const isRepeated = id < dense ? (seen[word] >>> (id & 31)) & 1 : sparse.has(id);
    if (isRepeated) fail(`the id @${id} is used twice`, null);
    if (id < dense) seen[word] |= 1 << (id & 31);
    else sparse.add(id);
  }
}

/** Checks ids such as addresses: when sorted, equal ones are neighbours. */
function checkWideIds(ids: Uint32Array, above: Uint32Array): void {
  const wide = Float64Array.from(ids, (id, i) => (above[i] as number) * 2 ** 32 + id).sort();
  for (let i = 1; i < wide.length; i++) {
    if (wide[i] === wide[i - 1]) fail(`the id @${wide[i]} is used twice`, null);
  }
}
