import { ClassNames } from '../engine/classes/class-names.js';
import { classPlaceOf, isPlaceNamed } from '../engine/classes/class-place.js';
import { isPlainObject, OwnProperties } from '../engine/classes/own-properties.js';
import { objectName } from '../engine/describe-node.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { withoutCount } from '../question/pattern.js';
import type { PropertyQuery } from '../question/property-query.js';
import type { Match } from '../question/text-match.js';
import { displayFile } from '../util/display-file.js';
import {
  byId,
  type ClassMatches,
  findFunctions,
  findInstances,
  withoutPrototypes,
} from './find-objects.js';

/**
 * Finds objects by what the heap, a table of classes or a picture calls their class. The heap's own
 * names come first: the others are only tried if there is no such name.
 */
export function findClass(facts: HeapFacts, match: Match): ClassMatches {
  if (typeof match !== 'string') {
    const own = findInstances(facts.graph, match);
    const renamed = findRenamed(facts, (name) => match.test(name), instancesCalled);
    return { ...own, nodes: byId(facts.graph, new Set([...own.nodes, ...renamed])) };
  }
  const found = findNamedClass(facts, match);
  if (found.nodes.length > 0) return found;
  const label = withoutCount(match);
  const labelled = label === match ? found : findNamedClass(facts, label);
  if (labelled.nodes.length > 0) return labelled;
  const renamed = findRenamedClass(facts, label);
  return renamed.length > 0 ? { nodes: renamed, prototypes: [] } : labelled;
}

/** Objects of a class that the source calls so: `UploadTask`, `UploadTask (je)`. */
export function findRenamedClass(facts: HeapFacts, name: string): readonly NodeOrdinal[] {
  return findRenamed(facts, isSourceName(name), instancesCalled);
}

function instancesCalled(graph: HeapGraph, name: string): readonly NodeOrdinal[] {
  return findInstances(graph, name).nodes;
}

/** Functions by their name in the heap, or else by that in the source. */
export function findFunctionsCalled(facts: HeapFacts, match: Match): readonly NodeOrdinal[] {
  const isWanted =
    typeof match === 'string' ? isSourceName(match) : (name: string) => match.test(name);
  const found = findFunctions(facts.graph, match);
  if (found.length > 0 && typeof match === 'string') return found;
  return byId(facts.graph, new Set([...found, ...findRenamed(facts, isWanted, findFunctions)]));
}

/** The name itself, or as pictures and tables write it: with that of the script after it. */
function isSourceName(text: string): (original: string) => boolean {
  const [, name = text] = /^([\s\S]+) \([^()]+\)(?:\(\))?$/.exec(text) ?? [];
  return (original) => original === text || original === name;
}

function findRenamed(
  { graph, scripts }: HeapFacts,
  isWanted: (original: string) => boolean,
  find: typeof instancesCalled,
): readonly NodeOrdinal[] {
  const names = scripts.maps?.loadedNames(isWanted) ?? [];
  const found = [...names].flatMap((name) =>
    find(graph, name).filter((node) => {
      const original = scripts.originalNameOf(node, name);
      return original !== null && isWanted(original);
    }),
  );
  return byId(graph, new Set(found));
}

/**
 * Finds objects of a class that is named with the place of its definition, `Item@repro.js:1`; if
 * there are none, functions that are named so.
 */
export function findPlacedClass(facts: HeapFacts, text: string): readonly NodeOrdinal[] {
  const { graph } = facts;
  return splitPlaced(text).flatMap(({ name, place }) => {
    const isThere = (node: NodeOrdinal) => {
      const known = classPlaceOf(facts, node);
      return known !== null && isPlaceNamed(known, place);
    };
    const instances = findInstances(graph, name).nodes.filter(isThere);
    return instances.length > 0 ? instances : findFunctions(graph, name).filter(isThere);
  });
}

/** Each way to split a text into a name and a place: either may contain spaces and `@`. */
export function splitPlaced(
  text: string,
): readonly { readonly name: string; readonly place: string }[] {
  return [...text.matchAll(/[@ ]/g)]
    .map(({ index }) => ({ name: text.slice(0, index), place: text.slice(index + 1) }))
    .filter(({ name, place }) => name !== '' && place !== '')
    .map(({ name, place }) => ({ name: name.replace(/\(\)$/, ''), place }));
}

/**
 * Objects that have all the properties, in order of their ids; prototypes of classes only if there
 * are no others.
 */
export function findWithProperties(
  { graph }: HeapFacts,
  { names, isPlain }: PropertyQuery,
): ClassMatches {
  const properties = new OwnProperties(graph, names);
  const found: NodeOrdinal[] = [];
  for (let node = graph.firstNode; node < graph.nodeCount; node++) {
    if (isPlain && !isPlainObject(graph, node)) continue;
    if (properties.areIn(node)) found.push(node);
  }
  const all = byId(graph, found);
  const others = withoutPrototypes(graph, all);
  return others.nodes.length > 0 ? others : { nodes: all, prototypes: [] };
}

function findNamedClass(facts: HeapFacts, name: string): ClassMatches {
  const { graph } = facts;
  const { nodes, prototypes } = findInstances(graph, name);
  const found = new Set([...nodes, ...findGroup(facts, name), ...findAsInTables(facts, name)]);
  if (found.size > 0) {
    return { nodes: byId(graph, found), prototypes: prototypes.filter((node) => !found.has(node)) };
  }
  const placed = findPlacedClass(facts, name);
  if (placed.length > 0) return { nodes: byId(graph, new Set(placed)), prototypes };
  const drawn = new Set(findAsDrawn(facts, name));
  for (const prototype of prototypes) drawn.delete(prototype);
  return { nodes: [...drawn], prototypes };
}

/**
 * Finds what a table lists under one name such as `Function` or `(string)`, whatever the objects
 * are called.
 */
function findGroup({ graph }: HeapFacts, name: string): readonly NodeOrdinal[] {
  const types = new ClassNames(graph).typesOf(name);
  if (types.length === 0) return [];
  return nodesThat({ graph }, (node) => types.includes(graph.typeOf(node)));
}

/** Finds elements of a page, which tables list without their attributes, and detached ones. */
function findAsInTables({ graph }: HeapFacts, name: string): readonly NodeOrdinal[] {
  const isLike = name.endsWith('…');
  if (!isLike && !/^(Detached |<)/.test(name)) return [];
  const isWanted = isLike
    ? (text: string) => text.startsWith(name.slice(0, -1))
    : (text: string) => text === name;
  const classNames = new ClassNames(graph);
  return nodesThat({ graph }, (node) => {
    const type = graph.typeOf(node);
    if (type !== NodeType.object && type !== NodeType.native) return false;
    return isWanted(classNames.nameOf(node));
  });
}

/**
 * Finds nodes by the name in a box: `(JSArrayBufferData)`, `main()`, `scope of main()`, `module
 * app.js`.
 */
function findAsDrawn(facts: HeapFacts, name: string): readonly NodeOrdinal[] {
  const { graph, contexts } = facts;
  const isClosure = (node: NodeOrdinal) => graph.typeOf(node) === NodeType.closure;
  const called = /^([\s\S]+)\(\)$/.exec(name)?.[1];
  if (called !== undefined && !called.startsWith('scope of ')) {
    return nodesThat(facts, (node) => isClosure(node) && objectName(graph, node) === called);
  }
  const scope = /^scope of ([\s\S]+?)(?:\(\))?$/.exec(name)?.[1];
  const module = /^module ([\s\S]+)$/.exec(name)?.[1];
  if (scope !== undefined || module !== undefined) {
    return nodesThat(facts, (node) => {
      if (!contexts.isContext(node)) return false;
      if (contexts.kindOf(node) === 'function') return contexts.functionNameOf(node) === scope;
      const file = module === undefined ? null : contexts.fileOf(node);
      return file !== null && displayFile(file) === module;
    });
  }
  return nodesThat(facts, (node) => !isClosure(node) && objectName(graph, node) === name);
}

function nodesThat(
  { graph }: Pick<HeapFacts, 'graph'>,
  isWanted: (node: NodeOrdinal) => boolean,
): readonly NodeOrdinal[] {
  const found: NodeOrdinal[] = [];
  for (let node = graph.firstNode; node < graph.nodeCount; node++) {
    if (node !== graph.root && isWanted(node)) found.push(node);
  }
  return byId(graph, found);
}
