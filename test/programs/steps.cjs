// Goes through a few steps; nothing in it stops by itself.
function step(box) {
  const inner = { box };
  box.count++;
  return inner;
}
const box = { count: 0, label: ['kept'] };
step(box);
step(box);
