// a variable that a function captured lives in the scope of its module and in the paused frame
const cache = new Map();
class Session {}
export function put(key) {
  cache.set(key, new Session());
}
put('a');
debugger;
