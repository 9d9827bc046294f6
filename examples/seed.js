// The smallest picture worth looking at: three references to x besides the variable itself.
const x = [1];
const y = [x, [x], { a: x }];
debugger;
