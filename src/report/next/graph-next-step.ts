import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import { ChainFinder } from '../sentences/chains.js';
import { type Asker, isPlainName, type NextStep } from './next-step.js';

/** The next question after a picture: of what is held, whether it would be freed; of what holds, who holds it. */
export function graphNextStep(
  picture: Subgraph,
  { isLive }: Pick<Asker, 'isLive'>,
): NextStep | null {
  if (isLive) return CAPTURE;
  const { nodes, targets, command } = picture;
  const target = nodes.find(({ id }) => id === targets[0]);
  const id = idOf(target);
  if (target === undefined || id === null) return null;
  if (command === 'refs') {
    return { command: 'backrefs', options: [['target', id]], why: 'who holds it' };
  }
  const [nearest] = new ChainFinder(picture).find(target.id, 'kept').chains[0] ?? [];
  const earlier = picture.cut?.rules.map(({ text }) => text) ?? [];
  if (nearest === undefined) return earlier.length > 0 ? null : refs(id);
  const holder = idOf(nearest.holder);
  // a list of the runtime holds by parts that have no name to cut by
  if (holder === null || !CAN_LET_GO.has(nearest.holder.is?.kind)) return refs(id);
  // of many that are drawn as one the others would go on to be held
  const reference =
    target.count !== undefined && isPlainName(nearest.holder.name) && isPlainName(target.name)
      ? `${nearest.holder.name}->${target.name}`
      : `${holder}->${id}`;
  const cuts = [...earlier, reference].map((text) => ['cut', text] as const);
  return {
    command: 'backrefs',
    options: [['target', id], ...cuts],
    why: 'would it be freed without that reference?',
  };
}

/** Kinds of holders from which a program can take a reference away. */
const CAN_LET_GO: ReadonlySet<string | undefined> = new Set([
  ...['object', 'function', 'scope', 'module', 'global', 'realm-global', 'top-level', 'named'],
]);

const CAPTURE: NextStep = {
  command: 'capture',
  options: [['out', '1.heapsnapshot.gz']],
  why: 'then ask that file: its ids stay',
};

function refs(id: string): NextStep {
  return { command: 'refs', options: [['target', id]], why: 'what it holds' };
}

/** The heap id of an object, or of the first of several that are drawn as one. */
function idOf(node: SubgraphNode | undefined): string | null {
  const id = node?.members?.[0] ?? node?.id;
  return id?.startsWith('@') ? id : null;
}
