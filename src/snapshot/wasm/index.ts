// The loops that process most of a heap's text, compiled to WebAssembly by AssemblyScript. They
// read the form that every engine writes; everything unusual is left to the readers in `snapshot`,
// which can report it.
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
