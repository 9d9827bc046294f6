const outermost = { isOutermost: true };
function descend(depth) {
  const level = { depth };
  if (depth === 0) debugger;
  else descend(depth - 1);
  return level;
}
descend(400);
