// Never comes back to its event loop; says so first.
function spin() {
  const kept = { turns: 0, label: ['kept'] };
  console.log(`spinning ${process.pid}`);
  for (;;) kept.turns++;
}
spin();
