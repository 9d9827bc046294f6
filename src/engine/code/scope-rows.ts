import type { ScopeTable } from '../../snapshot/scope-table.js';

/**
 * The limit of nesting: deeper than anything written by hand or by a bundler, as in a damaged or
 * hostile file.
 */
const MOST_NESTED = 200;

/** Finds rows in the table of scopes of a heap. */
export class ScopeRows {
  readonly table: ScopeTable;
  readonly #rows = new Map<string, number>();
  /** Rows of scopes that use a variable, by row and index of the variable. */
  readonly #users = new Map<string, number[]>();

  constructor(table: ScopeTable) {
    this.table = table;
    for (let row = 0; row < table.count; row++) {
      this.#rows.set(`${table.scripts[row]} ${table.ids[row]}`, row);
    }
    for (let row = 0; row < table.count; row++) this.#addUses(row);
  }

  #addUses(row: number): void {
    const { scripts, firstUse, useScopes, useSlots } = this.table;
    for (let use = firstUse[row] as number; use < (firstUse[row + 1] as number); use++) {
      const declared = this.rowOf(scripts[row] as number, useScopes[use] as number);
      if (declared === null) continue;
      const key = `${declared} ${useSlots[use]}`;
      const users = this.#users.get(key);
      if (users === undefined) this.#users.set(key, [row]);
      else if (users.at(-1) !== row) users.push(row);
    }
  }

  /** The row of a scope with this id in a script; null if it is not in the table. */
  rowOf(script: number, id: number): number | null {
    return this.#rows.get(`${script} ${id}`) ?? null;
  }

  /** The scopes around one, the nearest first, including itself; null if there are too many. */
  aroundOf(row: number): readonly number[] | null {
    const around: number[] = [];
    for (let at = row; at >= 0; at = this.table.parents[at] as number) {
      if (around.push(at) > MOST_NESTED) return null;
    }
    return around;
  }

  /** The names of a scope's variables, as indexes of strings. */
  variablesOf(row: number): Uint32Array {
    const { firstVariable, variableNames } = this.table;
    return variableNames.subarray(firstVariable[row], firstVariable[row + 1]);
  }

  /** The scopes whose own code uses a variable. */
  usersOf(row: number, slot: number): readonly number[] {
    return this.#users.get(`${row} ${slot}`) ?? [];
  }
}
