"""What the engines of the benchmark share: the two protocols, the checksum, and how a run is timed and told.

An engine gives three functions: load(folder) -> state, prepare(state) -> day table, evaluate(day table, protocol) -> the
firings in a form of its own, and columns(firings) -> (pupil, day, rule, value) as columns of numpy, which is not timed.
A line on stdout is a name and a value.
"""

import resource
import statistics
import sys
import time
from types import SimpleNamespace

A = SimpleNamespace(hi=16, lo=8, steps=(3, 6, 9, 12), spells=4, spells_lo=3, long=7, away=21, months=3, rise=6, weekday=4)
B = SimpleNamespace(hi=12, lo=6, steps=(2, 5, 8), spells=3, spells_lo=2, long=5, away=16, months=2, rise=4, weekday=3)

# More than the schooldagen of the calendar and the longest window together: pupil * SPAN + sd never mixes pupils.
SPAN = 4096


def checksum(np, firings):
    """The number of firings and the sum of mix64 over them, as the benchmark defines it."""
    pupil, day, rule, value = (np.asarray(column).astype(np.uint64) for column in firings)
    z = pupil << np.uint64(32) | day << np.uint64(16) | rule << np.uint64(8) | value
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return len(z), int(z.sum(dtype=np.uint64))


def run(np, engine):
    """Times one engine on the files of a folder; the median of so many rounds, the first of which may warm up."""
    folder, rounds = sys.argv[1], int(sys.argv[2])
    state = timed("laden", 1, lambda: engine.load(folder))
    for name, protocol in (("a", A), ("b", B)):
        whole = lambda: engine.evaluate(engine.prepare(state), protocol)
        firings = timed(f"{name}_rijen", rounds if name == "a" else 1, whole)
        count, total = checksum(np, engine.columns(firings))
        print(f"{name}_signalen {count}\n{name}_checksum {total:016x}", flush=True)
    table = engine.prepare(state)
    timed("b_gereed", rounds, lambda: engine.evaluate(table, B))
    print(f"piek_mb {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def timed(name, rounds, work):
    """Does the work so many times, tells the median and the shortest time in seconds, and gives the last result."""
    seconds, result = [], None
    for _ in range(rounds):
        result = None
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    print(f"{name} {statistics.median(seconds):.4f}\n{name}_beste {min(seconds):.4f}", flush=True)
    return result
