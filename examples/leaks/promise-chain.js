// A device never answers, so its promise stays pending, and with it all that waits for the answer.
const waiting = new Map();

class Upload {
  constructor(name) {
    this.name = name;
    this.bytes = new Uint8Array(100_000);
  }

  finish(answer) {
    this.answer = answer;
  }
}

function askDevice(name) {
  return new Promise((resolve) => waiting.set(name, resolve));
}

function receive(name, answer) {
  waiting.get(name)(answer);
  waiting.delete(name);
}

function store(upload) {
  askDevice(upload.name)
    .then(JSON.parse)
    .then((answer) => upload.finish(answer));
}

store(new Upload('holiday.mp4'));
setTimeout(() => {
  debugger;
}, 100);
