// sql.js: a database that is never closed leaves its file in the file system of its WebAssembly module.
const initSqlJs = require('sql.js');
const { rounds } = require('../rounds.cjs');

async function start() {
  const { Database } = await initSqlJs();
  const empty = new Database();
  empty.run(
    `CREATE TABLE orders (id INTEGER, text TEXT); INSERT INTO orders VALUES (1, '${'a'.repeat(20_000)}')`,
  );
  const saved = empty.export();
  empty.close();
  rounds(() => {
    const database = new Database(saved);
    database.exec('SELECT id FROM orders');
  });
}
start();
