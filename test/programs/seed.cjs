const x = [1];
const y = [x, [x], { a: x }];
debugger;
