// node-cron 3.0.0: a task that is stopped stays in the list of all tasks.
const cron = require('node-cron');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  const task = cron.schedule('0 3 * * *', () => number);
  task.stop();
});
