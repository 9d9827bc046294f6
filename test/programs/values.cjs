const text = 'a "quoted" text';
const long = 'x'.repeat(1000);
const symbol = Symbol('s');
const nothing = null;
const proxy = new Proxy({}, {});
class Thing {
  get fails() {
    throw new TypeError('no\nway');
  }
}
const thing = new Thing();
function throwText() {
  throw 'just text';
}
throwText.isUsed = true;
debugger;
