// mongoose 5: a connection stays in mongoose.connections when it is closed, with the models that were made for it.
const mongoose = require('mongoose');
const { rounds } = require('../rounds.cjs');

const product = new mongoose.Schema({ name: String });
rounds(async () => {
  const connection = mongoose.createConnection();
  connection.model('Product', product);
  await connection.close();
});
