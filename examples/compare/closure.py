import objgraph


class Report:
    pass


def make_refresh():
    report = Report()

    def refresh():
        return report

    return refresh


handlers = [make_refresh()]

objgraph.show_backrefs(objgraph.by_type("Report"), filename="closure.png")
