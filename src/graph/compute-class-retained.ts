/** A classification of all nodes. */
export interface Classification {
  /** Index of the class by node ordinal; length nodeCount. */
  readonly classOf: Uint32Array;
  readonly classCount: number;
}

/**
 * The retained size of each class: the sum over its top-most objects in the dominator tree, so that
 * an object kept alive by another one of its class is not counted twice. Objects without a size do
 * not count.
 *
 * @param dominators from computeDominators; the root is its own.
 * @param sizes shallow and retained bytes by node ordinal.
 * @returns bytes by class index; length classCount. Source: DevTools
 *   `HeapSnapshot.calculateClassesRetainedSize`.
 */
export function computeClassRetained(
  { classOf, classCount }: Classification,
  { dominators, root }: { readonly dominators: Uint32Array; readonly root: number },
  sizes: { readonly shallow: Float64Array; readonly retained: Float64Array },
): Float64Array {
  const sums = new Float64Array(classCount);
  const { firstChild, children } = dominatedBy(dominators, root);
  /** By class: 1 while an object of it is on the path from the root. */
  const isOpen = new Uint8Array(classCount);
  const path: number[] = [];
  /** Parallel to `path`: the next child to enter, and whether leaving the node closes its class. */
  const next: number[] = [];
  const opens: boolean[] = [];
  const enter = (node: number) => {
    const own = classOf[node];
    const isTop = isOpen[own] === 0 && sizes.shallow[node] !== 0;
    if (isTop) {
      sums[own] += sizes.retained[node];
      isOpen[own] = 1;
    }
    path.push(node);
    next.push(firstChild[node]);
    opens.push(isTop);
  };
  enter(root);
  while (path.length > 0) {
    const top = path.length - 1;
    const node = path[top];
    if (next[top] < firstChild[node + 1]) {
      enter(children[next[top]++]);
      continue;
    }
    if (opens[top]) isOpen[classOf[node]] = 0;
    path.pop();
    next.pop();
    opens.pop();
  }
  return sums;
}

/**
 * The dominator tree downwards: children are at `children[firstChild[n]]` to `children[firstChild[n
 * + 1]]`, exclusive.
 */
function dominatedBy(dominators: Uint32Array, root: number) {
  const firstChild = new Uint32Array(dominators.length + 1);
  for (let n = 0; n < dominators.length; n++) if (n !== root) firstChild[dominators[n]]++;
  for (let n = 0, sum = 0; n < firstChild.length; n++) {
    sum += firstChild[n];
    firstChild[n] = sum;
  }
  const children = new Uint32Array(dominators.length - 1);
  for (let n = 0; n < dominators.length; n++) {
    if (n !== root) children[--firstChild[dominators[n]]] = n;
  }
  return { firstChild, children };
}
