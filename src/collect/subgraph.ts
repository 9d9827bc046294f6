/**
 * The finished answer to one question about a heap: small, plain JSON, sorted, free of typed arrays
 * and of references into the heap. Reports, tests and the JSON output all share this shape
 * (`showbackref/graph@1`). Text in it is raw: every report escapes for its own format.
 */
export interface Subgraph {
  readonly schema: 'showbackref/graph@1';
  readonly command: 'backrefs';
  readonly source: SubgraphSource;
  /** Ids of the target nodes, in the order the user asked for them. */
  readonly targets: readonly string[];
  /** Sorted by depth, then role, then id. */
  readonly nodes: readonly SubgraphNode[];
  /** Sorted by the order of `to`, then of `from`, in `nodes`; parallel references by label. */
  readonly edges: readonly SubgraphEdge[];
  /** Which limit cut something off. */
  readonly limits: { readonly depth: boolean; readonly fanIn: boolean; readonly nodes: boolean };
  /** Number of secrets masked in the texts. */
  readonly masked: number;
}

export interface SubgraphSource {
  /** A saved heap; a script that was run for it; a running process; a program or page at an address. */
  readonly kind: 'snapshot' | 'script' | 'process' | 'inspector';
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Who wrote the heap, as far as it can be told: `Node.js v20.20.2`, `Chromium (V8)`, `V8`. */
  readonly producer: string;
}

/**
 * `target` was asked for; `root` keeps itself alive (GC roots, globals, modules, frames);
 * `more` stands for the holders a limit cut off; everything else is a `holder`.
 */
export type NodeRole = 'target' | 'holder' | 'root' | 'more';

export interface SubgraphNode {
  /** `@123` for a heap object, else a synthetic id such as `frame:0` or `more:@123`. */
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
  /** Bytes of the object itself; null for synthetic nodes. */
  readonly shallowSize: number | null;
  /** Bytes freed if the object went away; null when not computed. */
  readonly retainedSize: number | null;
  /** Distance from the GC roots as DevTools counts it; null for synthetic and unreachable nodes. */
  readonly distance: number | null;
  /** Steps from the nearest target in this picture; 0 for targets. */
  readonly depth: number;
  readonly role: NodeRole;
  /** What a `more` node stands for; null for the others. */
  readonly omitted: Omitted | null;
  /** Matched `--highlight`; absent otherwise. */
  readonly highlighted?: true;
}

export interface Omitted {
  readonly count: number;
  /** The holders left out, by class, most frequent first. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
}

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
}
