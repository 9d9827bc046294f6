// A classic script, as a page or a REPL runs it: its variables outlive it.
const { runInThisContext } = require('node:vm');

const CODE = `const kept = { payload: [1] };
{
  const inBlock = [kept];
  debugger;
}`;
runInThisContext(CODE, { filename: `${__dirname}/classic-script.js` });
