import type { Omitted, Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import { formatBytes } from '../../util/format-bytes.js';
import { describeEdge, describeMembers, describeShare, isFolded } from '../node-details.js';
import { type RetainingStep, retainingSteps } from '../retaining-steps.js';
import { joinWords } from '../summary.js';
import { visibleText } from '../visible-text.js';

/**
 * The data for the script of the page; all text in it is ready to be shown. Nodes and edges are in
 * the order of the subgraph: the elements of the fourth are called `n3` and `e3`.
 */
export interface PageData {
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
}

export interface PageNode extends RetainingStep {
  readonly label: string;
  /** Name and value of each further fact. */
  readonly fields: readonly (readonly [string, string])[];
  /** The text that the search looks through, in lower case. */
  readonly text: string;
}

export interface PageEdge {
  /** Positions in the list of nodes. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly weak: boolean;
}

const TEXT_LENGTH = 2000;
const LABEL_LENGTH = 240;
/** The distance from which DevTools counts if no variable or page leads to an object. */
const ENGINE_DISTANCE = 100_000_000;

const ROLES: Readonly<Record<SubgraphNode['role'], string>> = {
  target: 'the target',
  holder: 'a holder',
  root: 'a root: it keeps itself alive',
  more: 'stands for what was left out',
};

export function pageData(subgraph: Subgraph): PageData {
  const places = new Map(subgraph.nodes.map(({ id }, index) => [id, index]));
  const edges = subgraph.edges.map((edge) => ({
    from: places.get(edge.from) ?? 0,
    to: places.get(edge.to) ?? 0,
    label: visibleText(describeEdge(edge), LABEL_LENGTH),
    weak: edge.weak,
  }));
  const steps = retainingSteps(subgraph);
  return { nodes: subgraph.nodes.map((node) => pageNode(node, steps.get(node.id))), edges };
}

function pageNode(node: SubgraphNode, steps: RetainingStep | undefined): PageNode {
  const texts = [node.label, node.name, node.id, node.preview, node.location ?? ''];
  return {
    label: visibleText(node.label, LABEL_LENGTH),
    fields: fieldsOf(node).map(([name, value]) => [name, visibleText(value, TEXT_LENGTH)]),
    text: texts.map((text) => visibleText(text, TEXT_LENGTH).toLowerCase()).join('\n'),
    up: steps?.up ?? null,
    down: steps?.down ?? null,
  };
}

/** All facts about a node, without missing ones. */
function fieldsOf(node: SubgraphNode): readonly (readonly [string, string])[] {
  const { preview, location, shallowSize, retainedSize, distance, depth, omitted } = node;
  const fields: readonly (readonly [string, string | null])[] = [
    ['Role', roleOf(node)],
    ['Content', preview],
    ['Place', location],
    ['Size', shallowSize === null ? null : formatBytes(shallowSize)],
    ['Retains', retainedSize === null ? null : formatBytes(retainedSize)],
    ['Objects', describeMembers(node)],
    ['Name', node.name],
    ['Type', node.type],
    ['Id', node.id],
    ['Steps from target', String(depth)],
    ['Distance from root', distance === null ? null : describeDistance(distance)],
    [isFolded(node) ? 'Not drawn' : 'Left out', omitted === null ? null : describeOmitted(omitted)],
    ['Stands for', omitted?.labels?.join(', ') ?? null],
    ['Holds', node.holds === undefined ? null : describeShare(node.holds)],
  ];
  return fields.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]]));
}

function roleOf(node: SubgraphNode): string {
  if (isFolded(node)) return 'does not decide whether the target lives';
  const role = ROLES[node.role];
  return node.highlighted ? `${role}, highlighted` : role;
}

function describeDistance(distance: number): string {
  if (distance < ENGINE_DISTANCE) return String(distance);
  return `${distance - ENGINE_DISTANCE}, from the engine's own roots only`;
}

function describeOmitted({ count, classes }: Omitted): string {
  return `${count}: ${joinWords(classes.map(({ name, count: of }) => `${of} ${name}`))}`;
}
