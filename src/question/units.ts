const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** Reads `5s`, `500ms` or `2m` as milliseconds; null for any other text. */
export function parseTime(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  return amount === undefined ? null : Number(amount) * (MS[unit ?? ''] ?? 1);
}

/** Reads `800MB`, `1.5 GiB` or `2000000000` as bytes; null for any other text. */
export function parseSize(text: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = unit === '' ? 1 : BYTES[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? null : Number(amount) * factor;
}
