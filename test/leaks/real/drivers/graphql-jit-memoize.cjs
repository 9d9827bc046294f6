// graphql-jit memoizes a function by its argument, an array that is a new one for each compiled query.
const { buildSchema, parse } = require('graphql');
const { compileQuery } = require('graphql-jit');
const { rounds } = require('../rounds.cjs');

const schema = buildSchema(
  'type Product { name: String } type Query { product(id: Int): Product }',
);
rounds((number) => {
  const document = parse(`query P { product(id: ${number}) { name } }`);
  compileQuery(schema, document, 'P').query({ product: { name: 'tea' } }, {}, {});
});
