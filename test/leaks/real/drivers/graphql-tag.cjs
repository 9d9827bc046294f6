// graphql-tag keeps each document by its text: queries with values written into them are never the same.
const gql = require('graphql-tag');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  gql([`query Product { product(id: ${number}) { name price } }`]);
});
