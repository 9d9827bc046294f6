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
  for (let i = 0; i < 100; i++) {
    sum += new Array(2000).fill(i).length;
  }
  const kept = new Array(1e6).fill(0);
  return [kept, sum];
}

globalThis.result = [work(), little()];
