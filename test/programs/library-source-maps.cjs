// a compiled module looked at from within, with and without its source map
const { showBackrefs } = require('showbackref');
const { connect } = require('./source-maps/compiled/sessions.cjs');

const session = connect(7);
const places = ({ nodes }) => nodes.map(({ location }) => location).filter(Boolean);
(async () => {
  const mapped = await showBackrefs(session, { depth: 1 });
  const plain = await showBackrefs(session, { depth: 1, sourceMaps: false });
  console.log(JSON.stringify([places(mapped), places(plain)]));
})();
