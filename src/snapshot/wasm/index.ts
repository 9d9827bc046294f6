// The loops that most of a heap's text goes through, compiled to WebAssembly by AssemblyScript. They read
// what every engine writes; everything unusual is left to the readers in `snapshot`, which know how to name it.
export { edgesTaken, finishEdges, highestName, readEdges, readLongEdges } from './edges';
export {
  addUp,
  divide,
  highestOf,
  readLongRows,
  readRows,
  rises,
  rowsTaken,
  toBytes,
  toHalves,
} from './rows';
export { findStrings, stringsTaken } from './strings';
