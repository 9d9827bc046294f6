import { collectBackrefs } from '../collect/collect-backrefs.js';
import { collectChain } from '../collect/collect-chain.js';
import { cutReferences } from '../collect/collect-cut.js';
import { collectRefs } from '../collect/collect-refs.js';
import type { CollectTarget } from '../collect/collect-targets.js';
import { notesOn } from '../collect/picture/graph-notes.js';
import { collectPlaces } from '../collect/picture/places.js';
import { shortTexts } from '../collect/picture/short-texts.js';
import type { Subgraph, SubgraphSource } from '../collect/picture/subgraph.js';
import type { SourcePlace } from '../engine/code/scripts.js';
import type { HeapView } from '../engine/heap-view.js';
import type { GraphQuestion } from '../question/graph-question.js';
import { Redactor } from '../redact/redactor.js';
import { spell } from '../util/sentence.js';

/** The answer to a question about targets. */
export interface GraphAnswer {
  readonly subgraph: Subgraph;
  /** Sentences that the user should see beside the picture. */
  readonly notes: readonly string[];
  /** Where the places of nodes lead to on this machine, by node id; absent where nobody looked. */
  readonly links?: ReadonlyMap<string, string>;
}

/** An answer whose places can still be mapped to the sources. */
export interface LocatableAnswer extends GraphAnswer {
  /** The full paths and URLs of the scripts that the locations of the answer are in, by node id. */
  readonly placesIn: (subgraph: Subgraph) => ReadonlyMap<string, SourcePlace>;
}

/** The selected objects, and the heap in which they are looked at. */
export interface Selected {
  readonly view: HeapView;
  readonly targets: readonly CollectTarget[];
  /** The number of matching objects that are not drawn. */
  readonly left: number;
  /** Prototypes that have the name of a class that was asked for, and are left out. */
  readonly prototypes: number;
  /** Targets that are prototypes, because their class has no instances. */
  readonly onlyPrototypes: number;
}

const COLLECT = { backrefs: collectBackrefs, refs: collectRefs, chain: collectChain };

/** Walks from the selected objects, in the heap as if the references to be cut did not exist. */
export function collectGraph(
  { view: whole, targets, left, prototypes, onlyPrototypes }: Selected,
  { command, walk, cut, spelling }: Pick<GraphQuestion, 'command' | 'walk' | 'cut' | 'spelling'>,
  source: Pick<SubgraphSource, 'kind' | 'producer'>,
): LocatableAnswer {
  const { view, answer } =
    cut.length === 0
      ? { view: whole, answer: null }
      : cutReferences(whole, cut, new Redactor(walk.redact));
  const { longest = null } = walk;
  const drawn = COLLECT[command](view, targets, walk, source);
  const found = longest === null ? drawn : shortTexts(drawn, longest);
  const subgraph = {
    ...found,
    limits: {
      ...found.limits,
      ...(left > 0 ? { targets: true as const } : {}),
      ...(prototypes > 0 ? { prototypes } : {}),
      ...(onlyPrototypes > 0 ? { onlyPrototypes } : {}),
    },
    ...(answer === null ? {} : { cut: answer }),
  };
  const notes = notesOn(subgraph, left).map((note) => spell(note, spelling));
  return { subgraph, notes, placesIn: (located) => collectPlaces(whole, located) };
}
