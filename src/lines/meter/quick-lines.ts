/**
 * The number of stays that are read one by one, then of those that are only counted; the latter
 * grows each time all goes well.
 */
const READ = 64;
const LEAST_COUNTED = 64;
const MOST_COUNTED = 4096;
/** The number of readings before a line can be called quick. */
const LEAST_READINGS = 16;
/**
 * A stay is quick if it takes less than this many readings of the clock, and long from the second
 * number on.
 */
const QUICK_READINGS = 4;
const LONG_READINGS = 20;
/**
 * The highest part of a long stay that counts: the system sometimes takes the processor away for
 * much longer.
 */
const MOST_OF_LONG = 3000;
/** The share of the stays on a line that have to be quick. */
const MOSTLY = 0.995;

/**
 * Lines so short that reading a clock takes longer than they do. Most stays on them are only
 * counted, and in the end their total time is divided in proportion to that of single stays. This
 * is an estimate, as the time of such a line is anyway, and much faster.
 */
export class QuickLines {
  readonly #isQuick: Uint8Array;
  /** Readings by line since it was last judged, and the number of quick ones. */
  readonly #readings: Float64Array;
  readonly #quick: Float64Array;
  /**
   * For all readings: their number, the number of quick ones and their amount, the amount of long
   * ones.
   */
  readonly #allReadings: Float64Array;
  readonly #allQuick: Float64Array;
  readonly #quickAmount: Float64Array;
  readonly #longAmount: Float64Array;
  /** The same, at most `MOST_OF_LONG` of each. */
  readonly #longParts: Float64Array;
  /** Stays that were only counted, by line, and their total amount. */
  readonly #stays: Float64Array;
  #amount = 0;
  /** The number of these since the last reading. */
  #count = 0;
  #toRead = READ;
  #toCount = 0;
  #most = LEAST_COUNTED;

  constructor(lines: number) {
    const column = () => new Float64Array(lines);
    this.#isQuick = new Uint8Array(lines);
    [this.#readings, this.#quick, this.#stays] = [column(), column(), column()];
    [this.#allReadings, this.#allQuick] = [column(), column()];
    [this.#quickAmount, this.#longAmount, this.#longParts] = [column(), column(), column()];
  }

  /** Counts a stay. @returns whether neither the ending nor the beginning stay needs a reading. */
  passes(ending: number, beginning: number): boolean {
    if (this.#toCount === 0) return false;
    if (this.#isQuick[ending] === 0 || this.#isQuick[beginning] === 0) return false;
    this.#toCount -= 1;
    this.#count += 1;
    (this.#stays[ending] as number) += 1;
    return true;
  }

  /**
   * Called for each reading.
   *
   * @param amount gained since the last one.
   * @param ending the line of the stay that ends with it.
   * @param cost of one reading.
   * @returns whether stays were counted meanwhile, to be divided later.
   */
  take(amount: number, ending: number, cost: number): boolean {
    const hasCounted = this.#count > 0;
    if (hasCounted) this.#endCount(amount, ending, cost);
    else this.#note(amount, ending, cost);
    this.#toRead -= 1;
    if (this.#toRead <= 0) this.#judge(cost);
    return hasCounted;
  }

  /** The divided amounts of stays that were only counted, by line. */
  divided(cost: number): Float64Array {
    const usual = this.#stays.map((stays, line) => stays * this.#usualOf(line, cost));
    const whole = sum(usual);
    if (whole === 0) return usual;
    // long stays that were only counted: assigned to lines that have long ones, according to
    // readings
    const rest = Math.max(0, this.#amount - whole);
    const longs = this.#stays.map((stays, line) => stays * this.#longOf(line));
    const weights = sum(longs) > 0 ? longs : usual;
    const scale = (this.#amount - rest) / whole;
    const perWeight = rest / sum(weights);
    return usual.map((amount, line) => amount * scale + (weights[line] ?? 0) * perWeight);
  }

  #endCount(amount: number, ending: number, cost: number): void {
    (this.#stays[ending] as number) += 1;
    this.#amount += Math.max(0, amount - cost);
    const wereQuick = amount <= QUICK_READINGS * cost * (this.#count + 1);
    this.#most = wereQuick ? Math.min(2 * this.#most, MOST_COUNTED) : LEAST_COUNTED;
    // a long one was among them: read closely to see which line has such
    if (!wereQuick) this.#toCount = 0;
    this.#count = 0;
  }

  #note(amount: number, line: number, cost: number): void {
    (this.#readings[line] as number) += 1;
    (this.#allReadings[line] as number) += 1;
    if (amount >= LONG_READINGS * cost) {
      (this.#longAmount[line] as number) += amount;
      (this.#longParts[line] as number) += Math.min(amount, MOST_OF_LONG * cost);
    }
    if (amount >= QUICK_READINGS * cost) return;
    (this.#quick[line] as number) += 1;
    (this.#allQuick[line] as number) += 1;
    (this.#quickAmount[line] as number) += amount;
  }

  #judge(cost: number): void {
    for (let line = 0; line < this.#isQuick.length; line++) {
      const readings = this.#readings[line] as number;
      if (readings < LEAST_READINGS) continue;
      const isMostly = (this.#quick[line] as number) >= MOSTLY * readings;
      // few long stays may take most of the time: such a line is read until the mean is short, too
      const long = (this.#longParts[line] as number) / (this.#allReadings[line] as number);
      const isQuick = isMostly && long < QUICK_READINGS * cost;
      this.#isQuick[line] = isQuick ? 1 : 0;
      if (isMostly) continue;
      // it may become quick once V8 has compiled it
      this.#readings[line] = 0;
      this.#quick[line] = 0;
    }
    this.#toRead = READ;
    this.#toCount = this.#most;
  }

  /** The amount of a quick stay, without the reading; never 0. */
  #usualOf(line: number, cost: number): number {
    const mean = (this.#quickAmount[line] as number) / (this.#allQuick[line] || 1);
    return Math.max(mean - cost, cost / 100);
  }

  /** The amount that long stays add to a stay on average. */
  #longOf(line: number): number {
    return (this.#longAmount[line] as number) / (this.#allReadings[line] || 1);
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
