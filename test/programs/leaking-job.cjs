// A job that others run: what it has seen is never forgotten.
const seen = [];

class Job {
  constructor(name) {
    this.name = name;
  }
}

const run = async () => {
  await null;
  seen.push(new Job(`job ${seen.length}`));
};

const tidy = () => {
  new Job('gone').name.trim();
};

const queue = {
  jobs: [],
  add() {
    this.jobs.push(new Job('queued'));
  },
};

const fail = () => {
  throw new TypeError('no job\nat all');
};

module.exports = { run, renamed: tidy };
module.exports.queue = queue;
void fail;
