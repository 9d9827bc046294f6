// Stops at `debugger;` again and again for whoever debugs it, and for nobody else.
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
