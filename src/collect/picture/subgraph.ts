import type { Meaning, NodeMeaning, NodeState } from '../../engine/meaning.js';

/**
 * The finished answer to one question about a heap: small, plain JSON, sorted, free of typed arrays
 * and of references into the heap. Reports, tests and the JSON output all share this shape
 * (`showbackref/graph@1`). Text in it is raw: every report escapes for its own format.
 */
export interface Subgraph {
  readonly schema: 'showbackref/graph@1';
  /**
   * The question: who holds the targets, what they hold, or which paths lead to them from roots.
   */
  readonly command: 'backrefs' | 'refs' | 'chain';
  readonly source: SubgraphSource;
  /** Ids of the target nodes, in the order the user asked for them. */
  readonly targets: readonly string[];
  /** Sorted by depth, then role, then id; the stack comes last of its role. */
  readonly nodes: readonly SubgraphNode[];
  /**
   * Sorted by the order of `to`, then by `count`, highest first, then by the order of `from`, in
   * `nodes`; parallel references by label. In `refs`, `from` and `to` swap their roles in this.
   */
  readonly edges: readonly SubgraphEdge[];
  readonly limits: PictureLimits;
  /** The number of different secrets masked in the texts; with `masksAll`, of all masked texts. */
  readonly masked: number;
  /** True if every string and file name is masked, not only secrets; otherwise absent. */
  readonly masksAll?: true;
  /**
   * How targets drawn as one are held, the 100 most common ways first; absent if no targets are
   * drawn as one.
   */
  readonly patterns?: readonly HoldingPattern[];
  /** The effect of `--cut`; absent without it. */
  readonly cut?: CutAnswer;
  /** Source maps by which locations are those of the sources; absent if none was followed. */
  readonly sourceMaps?: readonly FollowedMap[];
  /**
   * The parts that the picture leaves out because it does not decide whether the targets live; absent if it
   * leaves out nothing.
   */
  readonly left?: LeftOut;
  /** Patterns of the walk that matched nothing; absent if all matched. */
  readonly unmatched?: readonly UnmatchedPattern[];
  /** Nodes and references that a report left out to fit into so many tokens; absent where nothing had to be. */
  readonly budget?: LeftCounts;
}

/** A file whose locations follow a source map. */
export interface FollowedMap {
  /** The file that ran. */
  readonly file: string;
  /** The map as it was found on disk; the file itself if it contains the map. */
  readonly map: string;
}

/**
 * The parts that an essential picture leaves out; objects cut off by limits are in the nodes of role `more`.
 */
export interface LeftOut {
  /** Objects that the drawn ones keep alive themselves, so that they cannot be why those live. */
  readonly own: LeftCounts;
  /**
   * Objects in separate boxes, in the middle of arrows, and those that only lead back to drawn
   * ones.
   */
  readonly folded: LeftCounts;
}

/** The number of objects without a box, and of references without an arrow. */
export interface LeftCounts {
  readonly objects: number;
  readonly references: number;
}

/** The limits and options that left something out. */
export interface PictureLimits {
  readonly depth: boolean;
  readonly fanIn: boolean;
  readonly nodes: boolean;
  /** `--hide` removed neighbours or references; otherwise absent. */
  readonly hide?: true;
  /** The walk stopped at something that `--stop` names; otherwise absent. */
  readonly stop?: true;
  /** Not all objects that the targets match are drawn; otherwise absent. */
  readonly targets?: true;
  /** References left out by limits that decide nothing; absent without any, or if a limit is named above. */
  readonly harmless?: HarmlessReferences;
  /** How many prototypes have the name of a class that is a target, and are left out; absent for none. */
  readonly prototypes?: number;
  /** How many of the targets are prototypes, because their class has no instances; absent for none. */
  readonly onlyPrototypes?: number;
}

/** Numbers that bound a picture. */
export type LimitName = 'depth' | 'fanIn' | 'nodes';

/** References to drawn objects from what no root holds but by what is drawn. */
export interface HarmlessReferences {
  readonly references: number;
  /** The limits that left them out. */
  readonly by: readonly LimitName[];
}

/** A pattern of an option that did not change the picture. */
export interface UnmatchedPattern {
  readonly option: 'hide' | 'stop' | 'highlight';
  /** The pattern as it was written. */
  readonly text: string;
  /** The most similar names in the picture, best first. */
  readonly nearest: readonly string[];
  /** It matches a target, which is always drawn and walked past; otherwise absent. */
  readonly isTarget?: true;
}

/**
 * The number of listed patterns: each of the objects drawn as one may be held in a different way.
 */
export const MOST_PATTERNS = 100;

/** Those objects among targets drawn as one whose shortest paths to a root look the same. */
export interface HoldingPattern {
  /** Id of the target that stands for the objects. */
  readonly target: string;
  /** Objects held this way; the counts of up to 100 patterns add up to the number of objects. */
  readonly count: number;
  /**
   * From the root down to the target: who holds, and the reference by which it holds the next, with
   * indexes and keys left open (`[*]`, `Map["*"] →`). Steps that repeat are written once. Empty if
   * no path leads to a root.
   */
  readonly steps: readonly HoldingStep[];
  /** The number of steps left out in the middle of a long path; absent if none are. */
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
  /** All objects held in this way have the same holder here; absent if there are several. */
  readonly isOne?: true;
  /** As `code` of a node. */
  readonly code?: CodeSource;
  /** As `holds` of a node. */
  readonly holds?: Share;
}

/** The effect of removing references. */
export interface CutAnswer {
  /** Each `--cut` as it was written, with the number of references it removed. */
  readonly rules: readonly { readonly text: string; readonly count: number }[];
  /** The objects that are unreachable without them. */
  readonly freed: { readonly count: number; readonly bytes: number };
}

/** The heap of the answer; counts are those of the whole heap. */
export interface SubgraphSource {
  /**
   * A saved heap; a script that was run for this; a running process; a program or page at an
   * address.
   */
  readonly kind: 'snapshot' | 'script' | 'process' | 'inspector';
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** The program that wrote the heap, where known: `Node.js v20.20.2`, `Chromium (V8)`, `V8`. */
  readonly producer: string;
  /**
   * The file names no root, so every object that no other holds counts as one; otherwise absent.
   */
  readonly rootless?: true;
}

/**
 * `target` was asked for; `root` keeps itself alive (GC roots, globals, modules, frames); `more`
 * stands for the neighbours that a limit cut off; all others are `holder`, even in `refs`, where
 * they are held.
 */
export type NodeRole = 'target' | 'holder' | 'root' | 'more';

/**
 * An object of the heap, or a node that stands for a root, a paused frame, many objects or a cut.
 */
export interface SubgraphNode {
  /** `@123` for a heap object, else a synthetic id such as `frame:0`, `many:@123` or `more:@123`. */
  readonly id: string;
  /** V8's node type (`object`, `closure`, `array`, …); `frame`, `module`, `root` or `more` for synthetic nodes. */
  readonly type: string;
  /** Class or function name, without the id. */
  readonly name: string;
  /** First line of the drawn node: name and id, or the words for a root or a cut. */
  readonly label: string;
  /**
   * Second line: what is in it (`Array 3 elements`, `{a, b}`); empty if there is nothing to say.
   */
  readonly preview: string;
  /** `file.js:3:7`, 1-based, or null when unknown. */
  readonly location: string | null;
  /**
   * Bytes of the object itself, or of all objects it stands for; null for roots, frames and cuts.
   */
  readonly shallowSize: number | null;
  /**
   * Bytes that would be freed without the object; null when not computed. For several objects the
   * sum, without those that others of them retain.
   */
  readonly retainedSize: number | null;
  /**
   * Distance from the GC roots as DevTools counts it, the smallest of several; null for synthetic
   * and unreachable nodes.
   */
  readonly distance: number | null;
  /** Steps from the nearest target in this picture; 0 for targets. */
  readonly depth: number;
  readonly role: NodeRole;
  /** The objects that a `more` node stands for; null for other nodes. */
  readonly omitted: Omitted | null;
  /** Matched `--highlight`; otherwise absent. */
  readonly highlighted?: true;
  /**
   * The number of objects of one class, held in one way, that the node stands for; absent for one.
   */
  readonly count?: number;
  /** Ids of the first of these objects; absent for one. */
  readonly members?: readonly string[];
  /** All paths from roots to the target lead through it; only determined with several paths. */
  readonly dominator?: true;
  /** The kind of node, as data: `name` and `label` are made from it. */
  readonly is?: NodeMeaning;
  /** Whose code its class or function is of; absent where a heap does not say. */
  readonly code?: CodeSource;
  /** Why nothing is drawn beyond the node, or that no root reaches it; absent where neither is so. */
  readonly state?: NodeState;
  /** With `partly-unreachable`: the number of unreachable objects. */
  readonly unreachable?: number;
  /** The share of the objects drawn as one below it that it alone holds; absent for other nodes. */
  readonly holds?: Share;
}

/** An installed package or the runtime, or the program itself. */
export type CodeSource = 'package' | 'program';

/** Some of the objects that are drawn as one. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** The objects left out at one position. */
export interface Omitted {
  /** Objects and frames left out. */
  readonly count: number;
  /** The same by class, most frequent first. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /**
   * For the space between two nodes: the number of further paths through it, `ANY_WAYS` for more;
   * absent for others.
   */
  readonly ways?: number;
  /** The number of these objects that a limit had cut off before; absent for none. */
  readonly beyond?: number;
  /**
   * For a repeating chain: the number of rounds, and the steps of one round, from the top down;
   * absent for others.
   */
  readonly times?: number;
  readonly round?: readonly HoldingStep[];
  /** Names of the first nodes that it stands for; absent for objects cut off by limits. */
  readonly labels?: readonly string[];
}

/** The highest number of paths that is counted. */
export const ANY_WAYS = 100;

/** One reference, or several similar ones, between two nodes of the answer. */
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
  /** The number of references that the edge stands for; absent for one. */
  readonly count?: number;
  /** The meaning of the reference, as data: `label` is made from it. Absent for edges to a `more` node. */
  readonly means?: Meaning;
  /**
   * The share of the objects drawn as one that the one object at `from` holds; absent if there is
   * no such object.
   */
  readonly holds?: Share;
  /**
   * For an arrow that stands for a row of objects, each of which holds the next: these objects,
   * from the top down; absent for others.
   */
  readonly through?: Through;
}

/** A row of objects without other holders in the picture. */
export interface Through {
  readonly nodes: readonly SubgraphNode[];
  /** From the holder at the top to the object at the end. */
  readonly edges: readonly SubgraphEdge[];
}
