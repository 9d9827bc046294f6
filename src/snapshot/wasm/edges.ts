import {
  digitsAt,
  firstOf,
  hasLength,
  isBeyondNine,
  secondOf,
  separators64,
  valuesOf,
} from './digits';

/** The number of records that the last call read, and the highest string that names one of them. */
export let edgesTaken: u32 = 0;
export let highestName: u32 = 0;

/**
 * Division by a number of fields, exact for 32 bits and up to eight fields; checked where it
 * matters.
 */
const SHIFT: u64 = 35;
/** The number of records for which one load of the text is enough: two have less than 64 bytes. */
const AT_ONCE: u32 = 2;

/**
 * Reads records of three numbers, `type,name_or_index,to_node`, with the separator after each.
 *
 * @param from where a record begins.
 * @param last the position from which no record may begin. 64 bytes are examined from the start
 *   of one.
 * @param most the most records to read; one more is possible.
 * @param separator between two records, in the order of the bytes; `separatorBytes`: 1 or 2.
 * @param stride fields of a node: `to_node` counts them.
 * @returns the position after the separator of the last record read. Unexpected records are not
 *   read, nor is a piece of text with a byte that does not belong to a number.
 */
function read<T>(
  from: usize,
  last: usize,
  most: u32,
  separator: u32,
  separatorBytes: u32,
  types: usize,
  names: usize,
  targets: usize,
  stride: u32,
  nodeCount: u32,
): usize {
  const magic: u64 = (((<u64>1) << SHIFT) + stride - 1) / stride;
  const mask: u32 = separatorBytes === 2 ? 0xffff : 0xff;
  let highest = i8x16.splat(0);
  let text = from;
  let taken: u32 = 0;
  let wrong: u32 = 0;
  while (wrong === 0 && text < last && taken < most) {
    let places = separators64(text);
    for (let i: u32 = 0; i < AT_ONCE && text < last; i++) {
      // the type has one digit
      const type = <u32>load<u16>(text) - 0x2c30;
      places &= places - 1;
      const nameEnd = <u32>ctz(places);
      const end = <u32>ctz(places & (places - 1));
      const nameLength = nameEnd - 2;
      const offsetLength = end - nameEnd - 1;
      const nameDigits = digitsAt<T>(text + 2, nameLength);
      const offsetDigits = digitsAt<T>(text + nameEnd + 1, offsetLength);
      const values = valuesOf<T>(nameDigits, offsetDigits);
      const name = firstOf<T>(values);
      const offset = secondOf<T>(values);
      wrong = <u32>(type > 9) | (<u32>load<u8>(text + nameEnd) ^ 0x2c);
      wrong |= (<u32>load<u16>(text + end) ^ separator) & mask;
      wrong |= <u32>!hasLength<T>(nameLength) | <u32>!hasLength<T>(offsetLength);
      let target: T;
      if (sizeof<T>() === 4) target = <T>((<u64>offset * magic) >> SHIFT);
      else target = <T>(<u64>offset / stride);
      wrong |= <u32>(name > <T>u32.MAX_VALUE) | <u32>(target >= <T>nodeCount);
      wrong |= <u32>(target * <T>stride !== offset);
      if (wrong !== 0) break;
      highest = i8x16.max_u(highest, i8x16.max_u(nameDigits, offsetDigits));
      store<u8>(types + taken, <u8>type);
      store<u32>(names + (taken << 2), <u32>name);
      store<u32>(targets + (taken << 2), <u32>target);
      taken++;
      text += end + separatorBytes;
      places >>= <u64>(end + separatorBytes);
    }
  }
  edgesTaken = isBeyondNine(highest) ? 0 : taken;
  return edgesTaken === 0 ? from : text;
}

/** As `read`, for numbers of up to eight digits. */
export function readEdges(
  from: usize,
  last: usize,
  most: u32,
  separator: u32,
  separatorBytes: u32,
  types: usize,
  names: usize,
  targets: usize,
  stride: u32,
  nodeCount: u32,
): usize {
  return read<u32>(
    from,
    last,
    most,
    separator,
    separatorBytes,
    types,
    names,
    targets,
    stride,
    nodeCount,
  );
}

/** As `read`, also for longer ones. */
export function readLongEdges(
  from: usize,
  last: usize,
  most: u32,
  separator: u32,
  separatorBytes: u32,
  types: usize,
  names: usize,
  targets: usize,
  stride: u32,
  nodeCount: u32,
): usize {
  return read<u64>(
    from,
    last,
    most,
    separator,
    separatorBytes,
    types,
    names,
    targets,
    stride,
    nodeCount,
  );
}

/**
 * Converts a file's type numbers to ours, in place, and finds the highest string among the names.
 *
 * @param map ours by the file's, 16 bytes.
 * @param element `hidden` two types whose edges have an index and no name.
 */
export function finishEdges(
  types: usize,
  names: usize,
  count: u32,
  map: usize,
  element: u8,
  hidden: u8,
): void {
  const ours = v128.load(map);
  const elements = i8x16.splat(element);
  const hiddens = i8x16.splat(hidden);
  let highest = i32x4.splat(0);
  // beyond the last record: an index, whatever is left there from before
  for (let i: u32 = 0; i < 16; i++) store<u8>(types + count + i, 255);
  for (let i: u32 = 0; i < count; i += 16) {
    const type = i8x16.swizzle(ours, v128.load(types + i));
    v128.store(types + i, type);
    let unnamed = v128.or(i8x16.eq(type, elements), i8x16.eq(type, hiddens));
    if (count - i < 16) unnamed = v128.or(unnamed, beyond(count - i));
    const low = i16x8.extend_low_i8x16_s(unnamed);
    const high = i16x8.extend_high_i8x16_s(unnamed);
    const at = names + (i << 2);
    highest = i32x4.max_u(highest, v128.andnot(v128.load(at), i32x4.extend_low_i16x8_s(low)));
    highest = i32x4.max_u(highest, v128.andnot(v128.load(at, 16), i32x4.extend_high_i16x8_s(low)));
    highest = i32x4.max_u(highest, v128.andnot(v128.load(at, 32), i32x4.extend_low_i16x8_s(high)));
    highest = i32x4.max_u(highest, v128.andnot(v128.load(at, 48), i32x4.extend_high_i16x8_s(high)));
  }
  highest = i32x4.max_u(
    highest,
    i8x16.shuffle(highest, highest, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  highest = i32x4.max_u(
    highest,
    i8x16.shuffle(highest, highest, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11),
  );
  highestName = i32x4.extract_lane(highest, 0);
}

/** All bits in the lanes from `count` on. */
function beyond(count: u32): v128 {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.ge_u(lanes, i8x16.splat(<u8>count));
}
