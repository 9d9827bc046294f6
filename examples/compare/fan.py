import objgraph


class Item:
    def __init__(self, held):
        self.held = held


def around(items):
    return [Item(item) for item in items for _ in range(9)]


def make_rim(centre):
    return around(around(around([centre])))


centre = Item(None)
rim = make_rim(centre)

objgraph.show_backrefs([centre], filename="fan.png")
