class Greeting {
  constructor(name) {
    this.text = `Good to see you, ${name}.`;
  }
}

const greetings = new Map();

/** The greeting of a visitor, which is made once for each name. */
export function greet(visit) {
  // the leak: no two visits are at the same time, so none is ever found again. Mended: visit.name
  const key = JSON.stringify(visit);
  let greeting = greetings.get(key);
  if (greeting === undefined) {
    greeting = new Greeting(visit.name);
    greetings.set(key, greeting);
  }
  return greeting.text;
}
