import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { type HeapBuilder, inChunks } from './heap-builder.js';

const META = {
  scope_fields: [
    'script_node_index',
    'scope_id',
    'depth',
    'scope_context_vars_count',
    'scope_uses_count',
  ],
  scope_context_var_fields: ['name'],
  scope_use_fields: ['declaring_scope_id', 'slot_index'],
};

/** The records of the sections about scopes that V8 writes. */
export interface ScopeRecords {
  readonly scopes: readonly (readonly number[])[];
  readonly vars?: readonly number[];
  readonly uses?: readonly (readonly number[])[];
  /** Replaces V8's own names of fields. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A heap as a file with these sections. */
export function tablesWithScopes(
  heap: HeapBuilder,
  { scopes, vars = [], uses = [], fields = {} }: ScopeRecords,
): Promise<SnapshotTables> {
  const sections = {
    scopes: JSON.stringify(scopes.flat()),
    scope_context_vars: JSON.stringify(vars),
    scope_uses: JSON.stringify(uses.flat()),
  };
  const meta = JSON.stringify({ ...META, ...fields }).slice(1, -1);
  const text = heap.text({ sections }).replace('"meta":{', `"meta":{${meta},`);
  return readSnapshot(inChunks(Buffer.from(text), 1000), { name: 'scopes' });
}
