// Paused in a function that was called by a method: only the method's `this` is not global.
class Job {
  constructor() {
    this.input = [1];
  }
  run() {
    const local = { job: this };
    stop();
    return local;
  }
}
function stop() {
  debugger;
}
new Job().run();
