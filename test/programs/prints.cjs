process.stderr.write('Debugger de');
process.stderr.write('light\n');
console.log(
  'to standard output',
  process.argv.slice(2),
  process.execArgv,
  process.env.NODE_OPTIONS,
);
console.error('Debugger attachment\nFor help, see: nothing');
const logged = { isLogged: true };
console.log(logged);
process.stderr.write('no newline');
debugger;
process.exitCode = 5;
process.stdout.write(`${process.listenerCount('exit')} listeners`);
debugger;
