// Stops at `debugger;` repeatedly for a debugger, and does not stop without one.
const x = [1];
const y = [x, [x], { a: x }];

function work(job) {
  debugger;
  return job.input.length + y.length;
}

setInterval(() => {
  const job = { input: x };
  work(job);
}, 20);
process.stdout.write('ready\n');
