// Decimal numbers as bytes of text. The loops are made for one of two types of number, T: u32 for
// up to eight digits, which nearly all numbers of a heap have, and u64 for up to twelve.

/**
 * One bit for each of 16 bytes: set if it is below "0", as are comma, line break, space and minus.
 */
function below(text: usize): u32 {
  return <u32>i8x16.bitmask(i8x16.lt_s(v128.load(text), i8x16.splat(0x30)));
}

/** The same for 64 bytes. */
export function separators64(text: usize): u64 {
  const low = below(text) | (below(text + 16) << 16);
  const high = below(text + 32) | (below(text + 48) << 16);
  return <u64>low | ((<u64>high) << 32);
}

/** A number's digits as the last bytes of a half or of the whole, with zeros before them. */
export function digitsAt<T>(text: usize, length: u32): v128 {
  if (sizeof<T>() === 4) return i64x2.splat(load<u64>(text) << (<u64>(64 - (length << 3))));
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  // lanes before the first digit get no byte
  return i8x16.swizzle(v128.load(text), i8x16.sub(lanes, i8x16.splat(<u8>(16 - length))));
}

/** False for a number without digits, or with more than T can hold. */
export function hasLength<T>(length: u32): bool {
  return length - 1 < (sizeof<T>() === 4 ? 8 : 12);
}

/** The values of two numbers' digits, for `first` and `second`. */
export function valuesOf<T>(first: v128, second: v128): v128 {
  if (sizeof<T>() === 4) {
    const both = fours(
      i8x16.shuffle(first, second, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    );
    return eights(both, both);
  }
  return eights(fours(first), fours(second));
}

export function firstOf<T>(values: v128): T {
  if (sizeof<T>() === 4) return <T>i32x4.extract_lane(values, 0);
  return <T>(<u64>i32x4.extract_lane(values, 0) * 100_000_000 + <u64>i32x4.extract_lane(values, 1));
}

export function secondOf<T>(values: v128): T {
  if (sizeof<T>() === 4) return <T>i32x4.extract_lane(values, 1);
  return <T>(<u64>i32x4.extract_lane(values, 2) * 100_000_000 + <u64>i32x4.extract_lane(values, 3));
}

/** Four numbers of four digits, from sixteen digits. */
function fours(digits: v128): v128 {
  const ones = v128.and(digits, i8x16.splat(0x0f));
  const even = i16x8.mul(v128.and(ones, i16x8.splat(0xff)), i16x8.splat(10));
  return i32x4.dot_i16x8_s(i16x8.add(even, i16x8.shr_u(ones, 8)), i32x4.splat(100 | (1 << 16)));
}

/** Four numbers of eight digits, from twice four of four digits. */
function eights(first: v128, second: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(first, second), i32x4.splat(10000 | (1 << 16)));
}

/** True if any of these bytes is beyond "9"; all of them come from between separators, or are 0. */
export function isBeyondNine(bytes: v128): bool {
  return v128.any_true(i8x16.gt_u(bytes, i8x16.splat(0x39)));
}
