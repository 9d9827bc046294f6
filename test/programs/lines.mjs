const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function spin(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function mixed(fail) {
  spin(6);
  await wait(40);
  for await (const part of parts(3)) {
    spin(part);
  }
  if (fail) {
    throw new Error('passed on');
  }
  return fibonacci(8);
}

async function* parts(count) {
  for (let i = 1; i <= count; i++) {
    yield i;
  }
}

function fibonacci(n) {
  if (n < 2) return n;
  return fibonacci(n - 1) + fibonacci(n - 2);
}

class Account {
  #sum = 0;
  add(amount) {
    this.#sum += amount;
    return this.#sum;
  }
}

const account = new Account();
for (const amount of [1, 2, 3]) account.add(amount);
await mixed(false);
if (process.argv.includes('--fail')) await mixed(true);
