function leave() {
  const last = { words: 1 };
  process.exit(3);
}
leave();
