class Player {
  onKey() {}
}

function listen(player) {
  return { key: player.onKey.bind(player) };
}

const handlers = listen(new Player());
debugger;
