/** A small heap snapshot, read with JSON.parse: slow and obvious. */
export class CapturedHeap {
  readonly #file: SnapshotFile;
  readonly #nodeWidth: number;

  constructor(bytes: Uint8Array) {
    this.#file = JSON.parse(Buffer.from(bytes).toString('utf8'));
    this.#nodeWidth = this.#file.snapshot.meta.node_fields.length;
  }

  /** The class or text of the node with a heap id; null if there is no such node. */
  nameOf(nodeId: number): string | null {
    const index = this.#indexOf(nodeId);
    return index < 0 ? null : this.#nameAt(index);
  }

  /** `property a from Object`, one for each edge to a node, sorted. */
  holdersOf(nodeId: number): string[] {
    const target = this.#indexOf(nodeId);
    return this.#edges()
      .filter(({ to }) => to === target)
      .map(({ type, name, from }) => `${type} ${name} from ${this.#nameAt(from)}`)
      .sort();
  }

  /** The names of all edges that a debugger's object ids and console create. */
  consoleHandles(): string[] {
    return this.#edges()
      .map(({ name }) => String(name))
      .filter((name) => name.endsWith(' / DevTools console'));
  }

  #indexOf(nodeId: number): number {
    const { nodes, snapshot } = this.#file;
    const idField = snapshot.meta.node_fields.indexOf('id');
    for (let at = 0; at < nodes.length; at += this.#nodeWidth) {
      if (nodes[at + idField] === nodeId) return at;
    }
    return -1;
  }

  #nameAt(index: number): string {
    const nameField = this.#file.snapshot.meta.node_fields.indexOf('name');
    return this.#file.strings[this.#file.nodes[index + nameField]!]!;
  }

  #edges(): HeapEdge[] {
    const { nodes, edges, strings, snapshot } = this.#file;
    const countField = snapshot.meta.node_fields.indexOf('edge_count');
    const types = snapshot.meta.edge_types[0];
    const result: HeapEdge[] = [];
    let edge = 0;
    for (let from = 0; from < nodes.length; from += this.#nodeWidth) {
      for (let left = nodes[from + countField]!; left > 0; left--, edge += 3) {
        const type = types[edges[edge]!]!;
        const name = edges[edge + 1]!;
        const isNumbered = type === 'element' || type === 'hidden';
        const label = isNumbered ? name : strings[name]!;
        result.push({ type, name: label, from, to: edges[edge + 2]! });
      }
    }
    return result;
  }
}

interface HeapEdge {
  readonly type: string;
  readonly name: string | number;
  readonly from: number;
  readonly to: number;
}

interface SnapshotFile {
  readonly snapshot: {
    readonly meta: { readonly node_fields: string[]; readonly edge_types: [string[]] };
  };
  readonly nodes: number[];
  readonly edges: number[];
  readonly strings: string[];
}
