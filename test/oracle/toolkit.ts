import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { type FixtureName, fixtureBytes } from '../support/fixtures.js';

/** One class in DevTools' summary; the key is `scriptId,line,column,name`, or `,name`. */
export interface DevToolsAggregate {
  readonly name: string;
  readonly count: number;
  readonly self: number;
  readonly maxRet: number;
}

/** One class in DevTools' comparison; same keys. */
export interface DevToolsDiff {
  readonly name: string;
  readonly addedCount: number;
  readonly removedCount: number;
  readonly addedSize: number;
  readonly removedSize: number;
}

/** Bytes by purpose. */
export interface DevToolsStatistics {
  readonly native: { readonly total: number; readonly typedArrays: number };
  readonly v8heap: {
    readonly code: number;
    readonly jsArrays: number;
    readonly strings: number;
    readonly system: number;
  };
}

/** The part of DevTools' `HeapSnapshot` that is compared; all arrays by node ordinal. */
export interface DevToolsSnapshot {
  readonly uid: number;
  readonly nodeDistances: Int32Array;
  readonly dominatorsTree: Uint32Array;
  readonly retainedSizes: Float64Array;
  aggregatesWithFilter(filter: object | null): Readonly<Record<string, DevToolsAggregate>>;
  interfaceDefinitions(): string;
  getStatistics(): DevToolsStatistics;
  aggregatesForDiff(interfaceDefinitions: string): object;
  calculateSnapshotDiff(uid: number, base: object): Readonly<Record<string, DevToolsDiff>>;
}

interface Toolkit {
  parse(stream: Readable): Promise<DevToolsSnapshot>;
}

const toolkit = await importToolkit();

/** DevTools' own heap code on a fixture; null, with a reason, if it is not installed. */
export async function openInDevTools(
  name: FixtureName,
  skip: (reason: string) => void,
): Promise<DevToolsSnapshot | null> {
  return parseInDevTools(fixtureBytes(name), skip);
}

export async function parseInDevTools(
  bytes: Uint8Array,
  skip: (reason: string) => void,
): Promise<DevToolsSnapshot | null> {
  if (toolkit === null) {
    expect(process.env.CI, 'npm ci --prefix test/oracle').not.toBe('true');
    skip('heap-snapshot-toolkit is not installed: npm ci --prefix test/oracle');
    return null;
  }
  return toolkit.parse(Readable.from([withoutTraces(bytes)]));
}

/**
 * Removes allocation traces: they do not matter here, and the toolkit stops at those of a timeline
 * with "Cannot read properties of undefined (reading 'addTraceTopNode')".
 */
function withoutTraces(bytes: Uint8Array): string {
  const file = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const snapshot = { ...file.snapshot, trace_function_count: 0 };
  return JSON.stringify({ ...file, snapshot, trace_function_infos: [], trace_tree: [] });
}

/** Resolved at run time: the package is not part of the project's own dependencies. */
async function importToolkit(): Promise<Toolkit | null> {
  try {
    const path = createRequire(import.meta.url).resolve('heap-snapshot-toolkit');
    return (await import(path)) as Toolkit;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
