import { ClassNames } from '../engine/classes/class-names.js';
import { classPlaceOf, shownPlace } from '../engine/classes/class-place.js';
import type { HashTables } from '../engine/hash-tables.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { nearestNames } from '../question/nearest-names.js';
import { type PropertyQuery, writePropertyQuery } from '../question/property-query.js';
import type { Target } from '../question/target.js';
import type { Match } from '../question/text-match.js';
import { splitPlaced } from './find-classes.js';
import { findFunctions, findInstances } from './find-objects.js';
import { allNames } from './find-variables.js';
import { nearestPaths } from './nearest-paths.js';
import { parsePropertyPath } from './property-path.js';

/** The number of places suggested for a class that is not defined where it was looked for. */
const MOST_PLACES = 5;

/** Targets most similar to one that matches nothing, best first. */
export function nearestMatches(
  facts: HeapFacts,
  tables: HashTables,
  target: Target,
): readonly string[] {
  switch (target.kind) {
    case 'class':
      return nearestClasses(facts, target.match).map((name) => `class:${name}`);
    case 'function':
      return nearestNames(textOf(target.match), nodeNames(facts, [NodeType.closure])).map(
        (name) => `fn:${name}`,
      );
    case 'properties':
      return nearestProperties(facts, target.query);
    case 'name':
    case 'variable':
    case 'global':
      return nearestVariables(facts, tables, target);
    case 'id':
      return nearestIds(facts.graph, target.id);
    default:
      return [];
  }
}

function nearestVariables(
  facts: HeapFacts,
  tables: HashTables,
  target: Extract<Target, { path: string }>,
): readonly string[] {
  const path = parsePropertyPath(target.path);
  const paths = path === null ? null : nearestPaths(facts, tables, path, target.kind);
  if (paths !== null) return paths;
  const wanted = path?.name ?? target.path;
  const names = new Set([...allNames(facts), ...nodeNames(facts, [NodeType.object])]);
  names.delete(wanted);
  return nearestNames(wanted, names);
}

/** The places of the classes with a name, if none of them is defined in the requested place. */
function nearestClasses(facts: HeapFacts, match: Match): readonly string[] {
  const wanted = textOf(match);
  for (const { name } of splitPlaced(wanted)) {
    const places = placesOf(facts, name);
    if (places.length > 0) return places.slice(0, MOST_PLACES).map((place) => `${name}@${place}`);
  }
  const { nodeTypeNames } = facts.graph.tables;
  const groups = ['Function', ...nodeTypeNames.map((type) => `(${type})`)];
  const classNames = new ClassNames(facts.graph);
  const known = groups.filter((name) => classNames.typesOf(name).length > 0);
  const names = nodeNames(facts, [NodeType.object, NodeType.native]);
  return nearestNames(wanted, new Set([...names, ...known]));
}

function placesOf(facts: HeapFacts, name: string): readonly string[] {
  const { graph } = facts;
  const nodes = [...findInstances(graph, name).nodes, ...findFunctions(graph, name)];
  const places = nodes.map((node) => classPlaceOf(facts, node));
  return [...new Set(places.filter((place) => place !== null).map(shownPlace))];
}

/** The same query, with names that no object has replaced by the most similar ones. */
function nearestProperties({ graph }: HeapFacts, query: PropertyQuery): readonly string[] {
  const known = propertyNames(graph);
  const names = query.names.map((name) =>
    known.has(name) ? name : nearestNames(name, known, 1)[0],
  );
  const isNew = names.some((name, at) => name !== query.names[at]);
  const found = names.filter((name) => name !== undefined);
  return isNew && found.length === names.length
    ? [writePropertyQuery({ ...query, names: found })]
    : [];
}

function propertyNames(graph: HeapGraph): ReadonlySet<string> {
  const { edgeTypes, edgeNames, strings } = graph.tables;
  const indexes = new Set<number>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (edgeTypes[edge] === EdgeType.property) indexes.add(edgeNames[edge] as number);
  }
  return new Set([...indexes].map((index) => strings.get(index)));
}

function textOf(match: Match): string {
  return typeof match === 'string' ? match : match.source;
}

function nodeNames({ graph }: HeapFacts, types: readonly number[]): ReadonlySet<string> {
  const { nodeTypes, nodeNames: names, strings } = graph.tables;
  const indexes = new Set<number>();
  for (let n = 0; n < graph.nodeCount; n++) {
    if (types.includes(nodeTypes[n] as number)) indexes.add(names[n] as number);
  }
  return new Set([...indexes].map((index) => strings.get(index)));
}

function nearestIds(graph: HeapGraph, wanted: number): readonly string[] {
  let below = -1;
  let above = Number.POSITIVE_INFINITY;
  for (let node = 0 as NodeOrdinal; node < graph.nodeCount; node++) {
    const id = graph.idOf(node);
    if (id < wanted && id > below) below = id;
    if (id > wanted && id < above) above = id;
  }
  return [below, above].filter((id) => id >= 0 && Number.isFinite(id)).map((id) => `@${id}`);
}
