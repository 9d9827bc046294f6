import objgraph


class Player:
    def on_key(self):
        pass


def listen(player):
    return {"key": player.on_key}


handlers = listen(Player())

objgraph.show_backrefs(objgraph.by_type("Player"), filename="method.png")
