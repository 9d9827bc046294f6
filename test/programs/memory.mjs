function work() {
  let sum = 0;
  for (let i = 0; i < 2000; i++) {
    sum += new Array(1000).fill(i).length;
  }
  const kept = new Array(1e6).fill(0);
  return [kept, sum];
}

function little() {
  let sum = 0;
  for (let i = 0; i < 40; i++) {
    sum += new Array(5000).fill(i).length;
  }
  const kept = new Array(1e6).fill(0);
  return [kept, sum];
}

function buffers() {
  let sum = 0;
  for (const size of new Array(100).fill(1e6)) {
    sum += Buffer.alloc(size).length;
  }
  const kept = Buffer.alloc(50e6);
  return [kept, sum];
}

function turns() {
  let sum = 0;
  for (const size of new Array(20).fill(5000)) {
    if (size > 9000) continue;
    sum += new Array(size).fill(0).length;
  }
  for (const key in { a: 1, b: 2, c: 3 }) {
    if (new Array(5000).fill(key).length > 9000) return sum;
    else continue;
  }
  return sum;
}

globalThis.result = [work(), little(), buffers(), turns()];
