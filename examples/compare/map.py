import objgraph


class Session:
    pass


cache = {"user:42": Session()}

objgraph.show_backrefs(list(cache.values()), filename="map.png")
