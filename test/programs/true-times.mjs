// Each line is told what it took by the function it calls, in the order of the lines.
const truths = [0, 0, 0, 0];

function spin(line, milliseconds) {
  const start = performance.now();
  while (performance.now() - start < milliseconds);
  truths[line] += performance.now() - start;
}

function work() {
  for (let i = 0; i < 20; i++) {
    spin(0, 0.4);
    spin(1, 1);
  }
  spin(2, 5);
  for (let i = 0; i < 400; i++) {
    if (i % 40 === 0) spin(3, 2);
  }
}

spin(0, 1);
truths.fill(0);
work();
process.stdout.write(`truths ${JSON.stringify(truths)}\n`);
