// A server in small. Its line 120 is named in the documentation: handle() comes to it.
class Session {}

const cache = {};
const visits = [];

//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
//
function handle() {
  visits.push(new Session());
  return visits.length;
}

module.exports = { handle, cache };

if (require.main === module) {
  handle();
  setInterval(handle, 50);
  console.log('ready');
}
