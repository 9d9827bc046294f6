class Greeting {
  constructor(name) {
    this.text = `Good to see you, ${name}.`;
  }
}

const greetings = new Map();

/** Keeps a greeting for each key. */
function greet(name, key) {
  if (!greetings.has(key)) greetings.set(key, new Greeting(name));
  return greetings.get(key).text;
}

module.exports = { greet };
