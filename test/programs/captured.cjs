// Ends without a `debugger;`; what the function needs stays.
const kept = { payload: [1, 2, 3] };
globalThis.keep = function keep() {
  return kept;
};
