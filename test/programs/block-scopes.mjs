// Variables of blocks, kept by functions that were made in them.
class Entry {}
class Failure {}
class Step {}

globalThis.readers = [];
{
  const entry = new Entry();
  globalThis.readers.push(() => entry);
}
try {
  throw new Failure();
} catch (failure) {
  globalThis.readers.push(() => failure);
}
for (const step of [new Step()]) globalThis.readers.push(() => step);
debugger;
