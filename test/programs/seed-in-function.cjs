function main(argument) {
  const x = [1];
  const y = [x, [x], { a: x }];
  {
    const inBlock = { x };
    inner();
  }
  return argument;
}
function inner() {
  const own = {};
  debugger;
}
main({ name: 'argument' });
