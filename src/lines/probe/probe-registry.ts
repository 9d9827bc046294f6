import { CallRecord } from '../meter/call-record.js';
import { LineRecord, type Meter } from '../meter/meter.js';

/** Also used by instrument.ts. */
const KEY = Symbol.for('showbackref.profile');

interface Registered {
  readonly record: LineRecord<CallRecord>;
  readonly meter: Meter;
}

/** A function that is to be replaced. */
interface Expected {
  readonly original: object;
  /** Assigns the replacement to its name; null until the function is found. */
  set: ((made: object) => void) | null;
}

/**
 * The place where probes find their records: an object among the program's globals, because the
 * text of a function can reach nothing else of ours. It stays there, because callbacks with probes
 * may outlive a run.
 */
export class ProbeRegistry {
  readonly #registered = new Map<string, Registered>();
  readonly #expected = new Map<string, Expected>();
  #count = 0;
  /** Texts of scripts that could not be restored at the end of a run, by id of the script. */
  readonly toRestore = new Map<string, string>();
  /** Called once for an id that is not known yet. */
  onUnknown: ((id: string) => void) | null = null;

  /** An id that no other function of this program has. */
  nextId(): string {
    this.#count += 1;
    return `${this.#count}`;
  }

  register(record: LineRecord<CallRecord>, meter: Meter): void {
    this.#registered.set(record.id, { record, meter });
  }

  release(id: string): void {
    this.#registered.delete(id);
  }

  enter(id: string, line: number): CallRecord {
    const { record, meter } = this.#ask(id);
    return new CallRecord(record, meter, line);
  }

  around<T>(id: string, body: (call: CallRecord) => T): T {
    const call = this.enter(id, -1);
    try {
      return body(call);
    } finally {
      call.leave();
    }
  }

  async aroundAsync<T>(id: string, body: (call: CallRecord) => Promise<T>): Promise<T> {
    const call = this.enter(id, -1);
    try {
      return await call.pause(body(call));
    } finally {
      call.leave();
    }
  }

  /** Called by the condition of a breakpoint, so it is never true. */
  hit(id: string, line: number): false {
    const { record, meter } = this.#ask(id);
    record.active ??= new CallRecord(record, meter, line);
    record.active.at(line);
    return false;
  }

  /** Like `hit`, for the return of a function. */
  returns(id: string): false {
    const { record } = this.#ask(id);
    record.calls += 1;
    record.active?.leave();
    return false;
  }

  /**
   * Expects a function to be replaced when the statement begins.
   *
   * @returns a function that restores it, and says whether it was replaced.
   */
  expectRebind(id: string, original: object): () => boolean {
    const expected: Expected = { original, set: null };
    this.#expected.set(id, expected);
    return () => {
      this.#expected.delete(id);
      expected.set?.(original);
      return expected.set !== null;
    };
  }

  /** Called by the condition of a breakpoint in the statement, so it is never true. */
  rebind(id: string, get: () => unknown, set: (made: object) => void, make: () => object): false {
    const expected = this.#expected.get(id);
    if (expected === undefined || expected.set !== null || get() !== expected.original)
      return false;
    set(make());
    expected.set = set;
    return false;
  }

  #ask(id: string): Registered {
    const known = this.#registered.get(id);
    if (known !== undefined) return known;
    this.onUnknown?.(id);
    return this.#registered.get(id) ?? IDLE;
  }
}

/** For callbacks that outlived their run: they are not counted. */
const IDLE: Registered = {
  record: new LineRecord<CallRecord>('', 1, 0),
  meter: { read: () => 0, begin: () => 0, cost: 0, onStay: null },
};

/** The registry of this program, created when it is first asked for. */
export function openRegistry(globals: object = globalThis): ProbeRegistry {
  const own = globalThis as { [KEY]?: ProbeRegistry };
  const registry = own[KEY] ?? new ProbeRegistry();
  for (const target of [globalThis, globals]) {
    // not listed when a program lists its globals
    Object.defineProperty(target, KEY, { value: registry, configurable: true, enumerable: false });
  }
  return registry;
}
