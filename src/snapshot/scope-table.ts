/**
 * The fields of the sections `scopes`, `scope_context_vars` and `scope_uses`, which V8 writes since
 * 15.0.
 */
export interface ScopeFields {
  readonly stride: number;
  readonly script: number;
  readonly id: number;
  readonly depth: number;
  readonly variables: number;
  readonly uses: number;
  readonly variableStride: number;
  readonly variableName: number;
  readonly useStride: number;
  readonly useScope: number;
  readonly useSlot: number;
}

/** The sections `scopes`, `scope_context_vars` and `scope_uses` as they are in the file. */
export interface ScopeSections {
  readonly scopes: Float64Array;
  readonly variables: Float64Array;
  readonly uses: Float64Array;
}

/**
 * The scopes in the sources of a program as the compiler sees them, each with its variables that
 * inner functions use, and with such variables that its own code uses. A row is a scope; the scopes
 * of one script are together, outer ones before inner ones.
 */
export interface ScopeTable {
  readonly count: number;
  /** Ordinal of the script's node, by row. */
  readonly scripts: Uint32Array;
  /**
   * By row: where the scope begins in its script; -2 for the script or module itself, -1 for a
   * wrapped function.
   */
  readonly ids: Int32Array;
  /** Row of the scope around it, by row; -1 for none. */
  readonly parents: Int32Array;
  /** First of its variables, by row; length count + 1. */
  readonly firstVariable: Uint32Array;
  /** Index into `strings`. */
  readonly variableNames: Uint32Array;
  /** First of its uses, by row; length count + 1. */
  readonly firstUse: Uint32Array;
  /** Id of the scope that has the variable, in the same script. */
  readonly useScopes: Int32Array;
  /** Index among the variables of that scope. */
  readonly useSlots: Int32Array;
}

/** The fields; null unless all three sections have the known ones. */
export function scopeFieldsOf(meta: Readonly<Record<string, unknown>>): ScopeFields | null {
  const [scope, variable, use] = ['scope', 'scope_context_var', 'scope_use'].map((section) => {
    const fields = meta[`${section}_fields`];
    return Array.isArray(fields) ? fields : [];
  }) as [unknown[], unknown[], unknown[]];
  const found = {
    stride: scope.length,
    script: scope.indexOf('script_node_index'),
    id: scope.indexOf('scope_id'),
    depth: scope.indexOf('depth'),
    variables: scope.indexOf('scope_context_vars_count'),
    uses: scope.indexOf('scope_uses_count'),
    variableStride: variable.length,
    variableName: variable.indexOf('name'),
    useStride: use.length,
    useScope: use.indexOf('declaring_scope_id'),
    useSlot: use.indexOf('slot_index'),
  };
  return Object.values(found).every((place) => place >= 0) ? found : null;
}

/**
 * Makes the table; null if the sections do not agree with each other: they only add to a heap that
 * can be read without them. Source: V8 `HeapSnapshotJSONSerializer`, since 15.0.
 */
export function toScopeTable(
  sections: ScopeSections,
  fields: ScopeFields | null,
  heap: { readonly nodeStride: number; readonly nodeCount: number; readonly stringCount: number },
): ScopeTable | null {
  if (fields === null || sections.scopes.length === 0) return null;
  const column = (at: number) => every(sections.scopes, fields.stride, at);
  const scripts = column(fields.script).map((offset) => offset / heap.nodeStride);
  const firstVariable = sums(column(fields.variables));
  const firstUse = sums(column(fields.uses));
  const variableNames = every(sections.variables, fields.variableStride, fields.variableName);
  const useScopes = every(sections.uses, fields.useStride, fields.useScope);
  const useSlots = every(sections.uses, fields.useStride, fields.useSlot);
  const parents = parentsOf(scripts, column(fields.depth));
  const agree =
    parents !== null &&
    firstVariable?.at(-1) === variableNames.length &&
    firstUse?.at(-1) === useScopes.length &&
    scripts.every((script) => isIndex(script, heap.nodeCount)) &&
    variableNames.every((name) => isIndex(name, heap.stringCount));
  if (!agree) return null;
  return {
    count: scripts.length,
    scripts: Uint32Array.from(scripts),
    ids: Int32Array.from(column(fields.id)),
    parents,
    firstVariable: firstVariable as Uint32Array,
    variableNames: Uint32Array.from(variableNames),
    firstUse: firstUse as Uint32Array,
    useScopes: Int32Array.from(useScopes),
    useSlots: Int32Array.from(useSlots),
  };
}

function isIndex(number: number, limit: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < limit;
}

/** One field of all records. */
function every(numbers: Float64Array, stride: number, at: number): Float64Array {
  return numbers.filter((_, index) => index % stride === at);
}

/** The start of each part, given their lengths; null if a number is not a count. */
function sums(counts: Float64Array): Uint32Array | null {
  const starts = new Uint32Array(counts.length + 1);
  let sum = 0;
  for (let row = 0; row < counts.length; row++) {
    sum += counts[row] as number;
    if (!isIndex(counts[row] as number, 2 ** 31) || sum >= 2 ** 31) return null;
    starts[row + 1] = sum;
  }
  return starts;
}

/**
 * The parent of each row: the nearest row before it that is one level higher, in the same script.
 */
function parentsOf(scripts: Float64Array, depths: Float64Array): Int32Array | null {
  const parents = new Int32Array(scripts.length);
  const open: number[] = [];
  for (let row = 0; row < scripts.length; row++) {
    if (row > 0 && scripts[row] !== scripts[row - 1]) open.length = 0;
    const depth = depths[row] as number;
    if (!isIndex(depth, open.length + 1)) return null;
    parents[row] = open[depth - 1] ?? -1;
    open.length = depth;
    open.push(row);
  }
  return parents;
}
