import type { LineRecord, Meter } from './meter.js';

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

const now = performance.now.bind(performance);

/**
 * One call of a function with probes: the object that its probes call. Each call has a separate
 * one, so that recursion, generators and async functions cannot mix up their lines.
 */
export class CallRecord {
  readonly #record: LineRecord<CallRecord>;
  readonly #meter: Meter;
  #outer: CallRecord | null = null;
  /** Index of the line, -1 before the first one. */
  #index = -1;
  #since = 0;
  /** The time at which it was suspended; 0 while it runs. */
  #pausedAt = 0;

  constructor(record: LineRecord<CallRecord>, meter: Meter, line: number) {
    this.#record = record;
    this.#meter = meter;
    this.#index = line < 0 ? -1 : line - record.firstLine;
    record.calls += line < 0 ? 1 : 0;
    this.#run();
  }

  /** Control reaches a line. @returns true, for use in a test. */
  at(line: number): true {
    const index = line - this.#record.firstLine;
    if (this.#pausedAt !== 0) this.#wake();
    (this.#record.hits[index] as number) += 1;
    // reads no clock while it stays on one line
    if (index !== this.#index) this.#go(index);
    return true;
  }

  /** Like `at`, without a hit. */
  move(line: number): true {
    const index = line - this.#record.firstLine;
    if (this.#pausedAt !== 0) this.#wake();
    if (index !== this.#index) this.#go(index);
    return true;
  }

  /** The function is about to be suspended with this value. */
  pause<T>(value: T): T {
    this.#stop();
    this.#pausedAt = now();
    return value;
  }

  /** It resumes with this value. */
  resume<T>(value: T): T {
    if (this.#pausedAt !== 0) this.#wake();
    return value;
  }

  /** Called only for its arguments, see instrument.ts. */
  clear(): void {}

  leave(): void {
    if (this.#pausedAt !== 0) this.#wake();
    this.#stop();
  }

  /** Counts a hit for each turn of `for … of`, including the last, which finds no value. */
  each<T>(line: number, values: Iterable<T>): Iterable<T> {
    // a value that cannot be iterated fails at the same point as without probes
    if (typeof values?.[Symbol.iterator] !== 'function') return values;
    return { [Symbol.iterator]: () => this.#countTurns(line, values[Symbol.iterator]()) };
  }

  eachAsync<T>(
    line: number,
    values: AsyncIterable<T> | Iterable<T>,
  ): AsyncIterable<T> | Iterable<T> {
    const own = values as Partial<AsyncIterable<T> & Iterable<T>>;
    const isAsync = typeof own?.[Symbol.asyncIterator] === 'function';
    const key = isAsync ? Symbol.asyncIterator : Symbol.iterator;
    const start = own?.[key as typeof Symbol.asyncIterator];
    if (typeof start !== 'function') return values;
    const turns = () => this.#countTurns(line, start.call(values), true);
    return { [key]: turns } as unknown as AsyncIterable<T>;
  }

  /** The keys that `for … in` would visit, with the turns counted. */
  keys(line: number, value: object): Iterable<string> {
    return this.each(line, keysOf(value));
  }

  /** `yield*`: only the work of the other generator counts as time of this line. */
  delegate<T>(values: Iterable<T>): Iterable<T> {
    if (typeof values?.[Symbol.iterator] !== 'function') return values;
    return { [Symbol.iterator]: () => this.#stopOutside(values[Symbol.iterator]()) };
  }

  delegateAsync<T>(values: AsyncIterable<T> | Iterable<T>): AsyncIterable<T> | Iterable<T> {
    const own = values as Partial<AsyncIterable<T>>;
    if (typeof own?.[Symbol.asyncIterator] !== 'function')
      return this.delegate(values as Iterable<T>);
    const start = () => (values as AsyncIterable<T>)[Symbol.asyncIterator]();
    return { [Symbol.asyncIterator]: () => this.#stopOutside(start()) };
  }

  #countTurns<I extends AnyIterator>(line: number, iterator: I, isAsync = false): I {
    const next = iterator.next as () => unknown;
    const step = () => {
      this.at(line);
      const turn = next.call(iterator);
      return isAsync ? this.pause(turn) : turn;
    };
    return passOn(iterator, { next: step }) as I;
  }

  #stopOutside<I extends AnyIterator>(iterator: I): I {
    const methods = iterator as unknown as Record<string, (value: unknown) => unknown>;
    const within = (method: string) => (value: unknown) => {
      this.resume(null);
      try {
        return methods[method]?.(value);
      } finally {
        this.pause(null);
      }
    };
    const names = ['next', 'throw', 'return'].filter((method) => method in iterator);
    return Object.fromEntries(names.map((method) => [method, within(method)])) as unknown as I;
  }

  #go(index: number): void {
    const isPassed = this.#index >= 0 && this.#record.quick.passes(this.#index, index);
    if (isPassed) {
      this.#index = index;
      return;
    }
    const reading = this.#meter.read();
    this.#charge(reading);
    this.#index = index;
    this.#since = this.#meter.begin(reading);
  }

  #charge(reading: number): void {
    if (this.#index < 0) return;
    const { amount, readings, quick } = this.#record;
    const { cost } = this.#meter;
    const gained = reading - this.#since;
    if (cost > 0 && quick.take(gained, this.#index, cost)) return;
    (amount[this.#index] as number) += gained;
    (readings[this.#index] as number) += 1;
    this.#meter.onStay?.(this.#record, this.#index);
  }

  /** Becomes the innermost call. */
  #run(): void {
    const reading = this.#meter.read();
    this.#outer = this.#record.active;
    if (this.#outer !== null) this.#outer.#charge(reading);
    this.#record.active = this;
    this.#since = this.#meter.begin(reading);
  }

  #wake(): void {
    if (this.#index >= 0) (this.#record.waited[this.#index] as number) += now() - this.#pausedAt;
    this.#pausedAt = 0;
    this.#run();
  }

  /** Stops being the innermost call. */
  #stop(): void {
    const reading = this.#meter.read();
    this.#charge(reading);
    this.#record.active = this.#outer;
    if (this.#outer !== null) this.#outer.#since = this.#meter.begin(reading);
    this.#outer = null;
  }
}

function* keysOf(value: object): Iterable<string> {
  for (const key in value) yield key;
}

/** An iterator with some methods replaced; has `return` only if the other one does. */
function passOn<T extends object>(iterator: T, methods: object): T {
  const close = (iterator as { return?: (value: unknown) => unknown }).return;
  const own =
    close === undefined ? {} : { return: (value: unknown) => close.call(iterator, value) };
  return { ...methods, ...own } as T;
}
