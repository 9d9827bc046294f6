const x = [1];
async function work() {
  const inAsync = { x };
  try {
    await Promise.reject(new Error('expected'));
  } catch (caught) {
    debugger;
  }
}
await work();
