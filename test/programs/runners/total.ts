interface Row {
  readonly n: number;
}

export function total(rows: readonly Row[]): number {
  let sum = 0;
  for (const { n } of rows) {
    sum += n;
  }
  return sum;
}

console.log(total([{ n: 1 }, { n: 2 }, { n: 3 }]));
