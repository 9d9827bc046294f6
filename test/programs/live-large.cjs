// A heap that takes a while to be sent.
class Item {
  constructor(number) {
    this.tags = [{ number }];
  }
}

globalThis.items = Array.from({ length: 100_000 }, (_, number) => new Item(number));
setInterval(() => undefined, 1000);
process.stdout.write('ready\n');
