import objgraph

x = [1]
y = [x, [x], {"a": x}]

objgraph.show_backrefs([x], filename="seed.png")
