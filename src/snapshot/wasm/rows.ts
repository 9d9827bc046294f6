import {
  digitsAt,
  firstOf,
  hasLength,
  isBeyondNine,
  secondOf,
  separators64,
  valuesOf,
} from './digits';

/** The number of rows that the last call read. */
export let rowsTaken: u32 = 0;

/**
 * Reads records of `fields` numbers of up to 32 bits, without signs, with the separator after each.
 *
 * @param from where a record begins.
 * @param last the position from which no record may begin. 64 bytes are examined from the start
 *   of one; longer records are not read.
 * @param most the most records to read.
 * @param separator between two records, in the order of the bytes; `separatorBytes`: 1 or 2.
 * @param columns one of `room` numbers of 32 bits for each field.
 * @returns the position after the separator of the last record read. Unexpected records are not
 *   read, nor is a piece of text with a byte that does not belong to a number.
 */
function read<T>(
  from: usize,
  last: usize,
  most: u32,
  separator: u32,
  separatorBytes: u32,
  fields: u32,
  columns: usize,
  room: u32,
): usize {
  const mask: u32 = separatorBytes === 2 ? 0xffff : 0xff;
  const next = (<usize>room) << 2;
  const pairs = fields >> 1;
  const isOdd = (fields & 1) === 1;
  // after the last number of a record there is another separator
  const lastPair = isOdd ? pairs : pairs - 1;
  let highest = i8x16.splat(0);
  let text = from;
  let taken: u32 = 0;
  while (text < last && taken < most) {
    let places = separators64(text);
    let at = text;
    let stop = text;
    let column = columns + (taken << 2);
    let wrong: u32 = 0;
    let bytes = highest;
    for (let pair: u32 = 0; pair < pairs; pair++) {
      const first = text + <usize>ctz(places);
      places &= places - 1;
      stop = text + <usize>ctz(places);
      places &= places - 1;
      const length = <u32>(first - at);
      const secondLength = <u32>(stop - first - 1);
      const digits = digitsAt<T>(at, length);
      const secondDigits = digitsAt<T>(first + 1, secondLength);
      const values = valuesOf<T>(digits, secondDigits);
      const value = firstOf<T>(values);
      const secondValue = secondOf<T>(values);
      store<u32>(column, <u32>value);
      store<u32>(column + next, <u32>secondValue);
      wrong |= <u32>!hasLength<T>(length) | <u32>!hasLength<T>(secondLength);
      wrong |= <u32>(value > <T>u32.MAX_VALUE) | <u32>(secondValue > <T>u32.MAX_VALUE);
      wrong |= <u32>load<u8>(first) ^ 0x2c;
      if (pair < lastPair) wrong |= <u32>load<u8>(stop) ^ 0x2c;
      bytes = i8x16.max_u(bytes, i8x16.max_u(digits, secondDigits));
      column += next << 1;
      at = stop + 1;
    }
    if (isOdd) {
      stop = text + <usize>ctz(places);
      const length = <u32>(stop - at);
      const digit = <u32>load<u8>(at) - 0x30;
      if (length === 1) {
        // the usual case: whether it is detached
        store<u32>(column, digit);
        wrong |= <u32>(digit > 9);
      } else {
        const digits = digitsAt<T>(at, length);
        const value = firstOf<T>(valuesOf<T>(digits, digits));
        store<u32>(column, <u32>value);
        wrong |= <u32>!hasLength<T>(length) | <u32>(value > <T>u32.MAX_VALUE);
        bytes = i8x16.max_u(bytes, digits);
      }
    }
    wrong |= (<u32>load<u16>(stop) ^ separator) & mask;
    if (wrong !== 0) break;
    highest = bytes;
    taken++;
    text = stop + separatorBytes;
  }
  rowsTaken = isBeyondNine(highest) ? 0 : taken;
  return rowsTaken === 0 ? from : text;
}

/** As `read`, for numbers of up to eight digits. */
export function readRows(
  from: usize,
  last: usize,
  most: u32,
  separator: u32,
  separatorBytes: u32,
  fields: u32,
  columns: usize,
  room: u32,
): usize {
  return read<u32>(from, last, most, separator, separatorBytes, fields, columns, room);
}

/** As `read`, also for longer ones. */
export function readLongRows(
  from: usize,
  last: usize,
  most: u32,
  separator: u32,
  separatorBytes: u32,
  fields: u32,
  columns: usize,
  room: u32,
): usize {
  return read<u64>(from, last, most, separator, separatorBytes, fields, columns, room);
}

/** The highest number of a column. */
export function highestOf(column: usize, count: u32): u32 {
  let highest: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<u32>(column + (i << 2));
    highest = value > highest ? value : highest;
  }
  return highest;
}

/** Replaces each number of a column by the sum of all up to it, in 32 bits. Returns the total. */
export function addUp(column: usize, count: u32, before: f64): f64 {
  let sum = <u64>before;
  for (let i: u32 = 0; i < count; i++) {
    sum += load<u32>(column + (i << 2));
    store<u32>(column + (i << 2), <u32>sum);
  }
  return <f64>sum;
}

/** Packs a column into bytes, in place, by a table of 256; larger numbers count as 255. */
export function toBytes(column: usize, count: u32, table: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const value = min<u32>(load<u32>(column + (i << 2)), 255);
    store<u8>(column + i, load<u8>(table + value));
  }
}

/** Packs a column into 16 bits, in place; numbers that do not fit become 65535. */
export function toHalves(column: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    store<u16>(column + (i << 1), <u16>min<u32>(load<u32>(column + (i << 2)), 0xffff));
  }
}

/** Divides a column, in place. False, and no change, if a number is not a multiple. */
export function divide(column: usize, count: u32, by: u32): bool {
  let rest: u32 = 0;
  for (let i: u32 = 0; i < count; i++) rest |= load<u32>(column + (i << 2)) % by;
  if (rest !== 0) return false;
  for (let i: u32 = 0; i < count; i++) {
    store<u32>(column + (i << 2), load<u32>(column + (i << 2)) / by);
  }
  return true;
}

/** True if each number of a column is at least `step` more than the one before. */
export function rises(column: usize, count: u32, step: u32): bool {
  let falls: u32 = 0;
  for (let i: u32 = 1; i < count; i++) {
    const at = column + (i << 2);
    falls |= <u32>(<u64>load<u32>(at) < <u64>load<u32>(at - 4) + step);
  }
  return falls === 0;
}
