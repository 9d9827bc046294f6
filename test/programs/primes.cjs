function primes(n) {
  if (n === 2) return [2];
  if (n < 2) return [];
  const s = [];
  for (let i = 3; i <= n; i += 2) s.push(i);
  const mroot = Math.sqrt(n);
  const half = s.length;
  let i = 0;
  let m = 3;
  while (m <= mroot) {
    if (s[i]) {
      let j = (m * m - 3) / 2;
      s[j] = 0;
      while (j < half) {
        s[j] = 0;
        j += m;
      }
    }
    i = i + 1;
    m = 2 * i + 3;
  }
  return [2, ...s.filter((x) => x)];
}
console.log(primes(1000).length);
