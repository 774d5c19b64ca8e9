"""The performance targets of a load and whether they are met, in processor time, as medians over pairs of one round."""
from statistics import median

K, M = 1_000, 1_000_000

# Items, lines, and stations; the figure, as `figures` names it; its limit.
WANTED = [
    ((M, M, 30), "floors", "at most", 2.0),
    ((M, M, 30), "times as fast as the rival", "at least", 5.0),
    ((M, M, 30), "MB at its peak", "at most", 400),
    ((M, M, 30), "loads for an undo", "at most", 2.0),
    ((M, M, 30), "of a load to recognize copies", "at most", 0.03),
    ((M, 100 * K, 30), "floors", "at most", 2.2),
    ((M, 100 * K, 30), "times as fast as the rival", "at least", 2.2),
    ((100 * K, 10 * K, 30), "times as fast as a transaction a line", "at least", 25),
    ((M, 10 * K, 30), "times as fast as a transaction a line", "at least", 25),
    ((10 * M, M, 30), "floors", "at most", 2.0),
    ((10 * M, M, 30), "times as fast as the rival", "at least", 2.7),
    ((M, 10 * M, 297), "MB at its peak", "at most", 1500),
    ((M, 10 * K, 30), "of the shell's start-up", "at most", 3.0),
    ((M, 10 * K, 30), "of the shell's export", "at most", 2.0),
    ((M, 10 * K, 30), "of the shell's import", "at most", 1.5),
    ((M, 10 * K, 30), "ms per message to a SIP2 server", "at most", 1.0),
]

# Further worlds that show whether the cost per line stays constant with more lines and more stations.
GROWTH = [(M, 100 * K, 3), (M, 100 * K, 297), (M, 10 * M, 30)]


def sizes():
    """All worlds needed to check the targets, each once, the smallest first."""
    return sorted({size for size, *_ in WANTED} | set(GROWTH), key=lambda size: (size[0] * size[1], size[2]))


def figures(costs, side, messages):
    """{name: figure} for one world, from {contestant: [Cost per round]}; for the side measurements, {name: [both Costs per
    round]}; and the milliseconds per message to a SIP2 server."""
    def loads_of(name):
        return [other.cpu / own.cpu for own, other in zip(costs["offcirc"], costs.get(name, []))]

    known = {"floors": [1 / ratio for ratio in loads_of("floor")],
             "times as fast as the rival": loads_of("rival"),
             "times as fast as a transaction a line": loads_of("durable"),
             "loads for an undo": loads_of("undo"),
             "of a load to recognize copies": loads_of("copies"),
             "ms per message to a SIP2 server": messages,
             "MB at its peak": [max(cost.megabytes for cost in costs["offcirc"])],
             **{f"of the shell's {name}": [own.cpu / theirs.cpu for own, theirs in pairs]
                for name, pairs in side.items()}}
    return {name: ratios for name, ratios in known.items() if ratios}


def short(figure):
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"


def verdicts(measured):
    """A row for each target whose world is in `measured`, {size: figures}."""
    rows = []
    for size, name, bound, limit in WANTED:
        if name not in measured.get(size, {}):
            continue
        each = measured[size][name]
        met = median(each) <= limit if bound == "at most" else median(each) >= limit
        rows.append({"items": size[0], "lines": size[1], "stations": size[2], "wanted": f"{bound} {limit:g} {name}",
                     "measured": short(median(each)), "of": f"{short(min(each))} to {short(max(each))} in {len(each)}",
                     "": "met" if met else "MISSED"})
    return rows
