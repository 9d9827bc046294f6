import type { Meaning, NodeMeaning, NodeState } from '../../engine/meaning.js';

/**
 * The finished answer to one question about a heap: small, plain JSON, sorted, free of typed arrays
 * and of references into the heap. Reports, tests and the JSON output all share this shape
 * (`showbackref/graph@1`). Text in it is raw: every report escapes for its own format.
 */
export interface Subgraph {
  readonly schema: 'showbackref/graph@1';
  /** What was asked: who holds the targets, what they hold, or which ways lead to them from roots. */
  readonly command: 'backrefs' | 'refs' | 'chain';
  readonly source: SubgraphSource;
  /** Ids of the target nodes, in the order the user asked for them. */
  readonly targets: readonly string[];
  /** Sorted by depth, then role, then id. */
  readonly nodes: readonly SubgraphNode[];
  /**
   * Sorted by the order of `to`, then by `count`, highest first, then by the order of `from`, in `nodes`;
   * parallel references by label. In `refs`, `from` and `to` change places in this.
   */
  readonly edges: readonly SubgraphEdge[];
  readonly limits: PictureLimits;
  /** Number of different secrets masked in the texts; with `masksAll`, of all that is masked. */
  readonly masked: number;
  /** True if every string and file name is masked, not only secrets; absent where not. */
  readonly masksAll?: true;
  /** How targets drawn as one are held, the 100 most common first; absent where no targets are. */
  readonly patterns?: readonly HoldingPattern[];
  /** What `--cut` took away; absent without it. */
  readonly cut?: CutAnswer;
  /** Source maps by which locations are those of the sources; absent where none was followed. */
  readonly sourceMaps?: readonly FollowedMap[];
  /** What the picture does without because it does not decide whether the targets live; absent where there is none. */
  readonly left?: LeftOut;
  /** Patterns that nothing fits which was walked by; absent where there are none. */
  readonly unmatched?: readonly UnmatchedPattern[];
  /** Nodes and references that a report left out to fit into so many tokens; absent where nothing had to be. */
  readonly budget?: LeftCounts;
}

/** A file whose locations follow a source map. */
export interface FollowedMap {
  /** The file that ran. */
  readonly file: string;
  /** The map as it was found on disk; the file itself where the map is in it. */
  readonly map: string;
}

/** What an essential picture does without; what limits cut off is in the nodes of role `more`. */
export interface LeftOut {
  /** What the drawn objects keep alive themselves, so that it cannot be why they live. */
  readonly own: LeftCounts;
  /** What stands in boxes of their own, in the middle of arrows, and what only leads back to what is drawn. */
  readonly folded: LeftCounts;
}

/** How many objects have no box, and how many references no arrow. */
export interface LeftCounts {
  readonly objects: number;
  readonly references: number;
}

/** Which limit or option left something out. */
export interface PictureLimits {
  readonly depth: boolean;
  readonly fanIn: boolean;
  readonly nodes: boolean;
  /** `--hide` took neighbours or references away; absent where it did not. */
  readonly hide?: true;
  /** The walk did not go past what `--stop` names; absent where it went everywhere. */
  readonly stop?: true;
  /** Not all objects that the targets match are drawn; absent where they are. */
  readonly targets?: true;
}

/** A pattern of an option that changed nothing in the picture. */
export interface UnmatchedPattern {
  readonly option: 'hide' | 'stop' | 'highlight';
  /** As it was written. */
  readonly text: string;
  /** Names in the picture that are most like it, best first. */
  readonly nearest: readonly string[];
  /** It fits a target, which is drawn and gone past in any case; absent where it does not. */
  readonly isTarget?: true;
}

/** Each of the objects drawn as one may be held in a way of its own: no more ways are listed. */
export const MOST_PATTERNS = 100;

/** The objects among targets drawn as one whose shortest ways to a root look alike. */
export interface HoldingPattern {
  /** Id of the target that stands for the objects. */
  readonly target: string;
  /** Objects held this way; the counts of up to 100 patterns add up to the number of objects. */
  readonly count: number;
  /**
   * From the root down to the target: who holds, and the reference by which it holds the next, with
   * indexes and keys left open (`[*]`, `Map["*"] →`). Steps that repeat are written once. Empty where
   * no way leads to a root.
   */
  readonly steps: readonly HoldingStep[];
  /** Steps left out in the middle of a long way; absent where none are. */
  readonly left?: number;
}

/** One step of a holding pattern: who holds, and by which reference. */
export interface HoldingStep {
  /** Class, function or root, without an id. */
  readonly name: string;
  /** As `type` of a node. */
  readonly nodeType: string;
  /** As `label` of an edge. */
  readonly label: string;
  /** As `type` of an edge. */
  readonly edgeType: string;
  /** The holder keeps itself alive; absent for others. */
  readonly root?: true;
  /** As `is` of a node. */
  readonly is?: NodeMeaning;
  /** As `means` of an edge. */
  readonly means?: Meaning;
  /** One and the same holder of all objects that are held so; absent where there are several. */
  readonly isOne?: true;
}

/** What taking references away would come to. */
export interface CutAnswer {
  /** Each `--cut` as it was written, with the number of references it took away. */
  readonly rules: readonly { readonly text: string; readonly count: number }[];
  /** What nothing reaches any more without them. */
  readonly freed: { readonly count: number; readonly bytes: number };
}

/** The heap that was asked; counts are those of the whole heap. */
export interface SubgraphSource {
  /** A saved heap; a script that was run for it; a running process; a program or page at an address. */
  readonly kind: 'snapshot' | 'script' | 'process' | 'inspector';
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Who wrote the heap, as far as it can be told: `Node.js v20.20.2`, `Chromium (V8)`, `V8`. */
  readonly producer: string;
  /** The file names no root, so every object that no other holds counts as one; absent for others. */
  readonly rootless?: true;
}

/**
 * `target` was asked for; `root` keeps itself alive (GC roots, globals, modules, frames);
 * `more` stands for the neighbours a limit cut off; everything else is a `holder`, in `refs` what is held.
 */
export type NodeRole = 'target' | 'holder' | 'root' | 'more';

/** An object of the heap, or what stands for a root, a paused frame, many objects or a cut. */
export interface SubgraphNode {
  /** `@123` for a heap object, else a synthetic id such as `frame:0`, `many:@123` or `more:@123`. */
  readonly id: string;
  /** V8's node type (`object`, `closure`, `array`, …); `frame`, `module`, `root` or `more` for synthetic nodes. */
  readonly type: string;
  /** Class or function name, without the id. */
  readonly name: string;
  /** First line of the drawn node: name and id, or the words for a root or a cut. */
  readonly label: string;
  /** Second line: what is in it (`Array 3 elements`, `{a, b}`); empty where there is nothing to say. */
  readonly preview: string;
  /** `file.js:3:7`, 1-based, or null when unknown. */
  readonly location: string | null;
  /** Bytes of the object itself, or of all it stands for; null for roots, frames and cuts. */
  readonly shallowSize: number | null;
  /**
   * Bytes freed if the object went away; null when not computed. For several objects the sum, without
   * those that others of them retain.
   */
  readonly retainedSize: number | null;
  /** Distance from the GC roots as DevTools counts it, the least of several; null for synthetic and unreachable nodes. */
  readonly distance: number | null;
  /** Steps from the nearest target in this picture; 0 for targets. */
  readonly depth: number;
  readonly role: NodeRole;
  /** What a `more` node stands for; null for the others. */
  readonly omitted: Omitted | null;
  /** Matched `--highlight`; absent otherwise. */
  readonly highlighted?: true;
  /** How many objects of one class, held in one way, the node stands for; absent for one. */
  readonly count?: number;
  /** Ids of the first of them; absent for one. */
  readonly members?: readonly string[];
  /** All ways from roots to the target lead through it; only looked for with several paths. */
  readonly dominator?: true;
  /** What the node is, as data: `name` and `label` are made from it. */
  readonly is?: NodeMeaning;
  /** Why nothing is drawn beyond the node, or that no root reaches it; absent where neither is so. */
  readonly state?: NodeState;
  /** With `partly-unreachable`: how many of the objects are. */
  readonly unreachable?: number;
  /** It alone holds so many of the objects drawn as one below it; absent for others. */
  readonly holds?: Share;
}

/** Some of the objects that are drawn as one. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** What was left out in one place. */
export interface Omitted {
  /** Objects and frames left out. */
  readonly count: number;
  /** The same by class, most frequent first. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Of what lies between two nodes: how many more ways there are through it, `ANY_WAYS` for more; absent for others. */
  readonly ways?: number;
  /** Of those objects, so many were cut off by a limit before; absent for none. */
  readonly beyond?: number;
  /** Of a chain that repeats: how often, and the steps of one round, from the top down; absent for others. */
  readonly times?: number;
  readonly round?: readonly HoldingStep[];
  /** Names of the first nodes that it stands for; absent for what limits cut off. */
  readonly labels?: readonly string[];
}

/** More ways than this are not counted. */
export const ANY_WAYS = 100;

/** One reference, or several alike, between two nodes of the answer. */
export interface SubgraphEdge {
  /** Id of the node that holds. */
  readonly from: string;
  /** Id of the node that is held. */
  readonly to: string;
  /** V8's edge type (`property`, `element`, `context`, …) of the reference that stands for the fold. */
  readonly type: string;
  /** Property, variable or slot name without decoration. */
  readonly name: string;
  /** The reference as a programmer would write it: `.a`, `[3]`, `x`, `Map["k"] →`. */
  readonly label: string;
  /** True for a reference that does not keep its target alive (drawn only with `--weak`). */
  readonly weak: boolean;
  /** How many references the edge stands for; absent for one. */
  readonly count?: number;
  /** What the reference means, as data: `label` is made from it. Absent for edges to a `more` node. */
  readonly means?: Meaning;
  /** So many of the objects drawn as one are held by the one object at `from`; absent where that is not the case. */
  readonly holds?: Share;
  /** Of an arrow that stands for a row of objects of which each holds the next: those, from the top down; absent for others. */
  readonly through?: Through;
}

/** A row of objects without other holders in the picture. */
export interface Through {
  readonly nodes: readonly SubgraphNode[];
  /** From the holder at the top to the object at the end. */
  readonly edges: readonly SubgraphEdge[];
}
