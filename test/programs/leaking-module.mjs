const log = [];

class Line {
  constructor(text) {
    this.text = text;
  }
}

await null;

export function write() {
  log.push(new Line(`line ${log.length}`));
}
// the end of it
