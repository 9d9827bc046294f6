import objgraph


class Child:
    def __init__(self, parent):
        self.parent = parent


class Parent:
    def __init__(self):
        self.children = [Child(self)]


family = Parent()

objgraph.show_backrefs([family.children[0]], filename="cycle.png")
