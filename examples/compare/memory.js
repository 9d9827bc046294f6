function work() {
  let total = 0;
  for (let i = 0; i < 2000; i++) {
    total += new Array(1000).fill(i).length;
  }
  const kept = new Array(1000000).fill(0);
  const buffer = Buffer.alloc(50000000);
  return [kept, buffer, total];
}

work();
