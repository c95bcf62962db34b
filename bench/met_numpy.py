"""The benchmark in numpy: one sort of packed integers, then prefix sums and searches over whole columns."""

import csv

import numpy as np

import maatstaf
from maatstaf import SPAN

KINDS = {"U": 0, "L": 1, "S": 2, "A": 3, "R": 4, "X": 5}
EPOCH = np.datetime64("1970-01-01")


def load(folder):
    """The columns of the file as integers."""
    with open(f"{folder}/schools.csv") as file:
        schools = np.array([int(row["region"]) for row in csv.DictReader(file)])
    with open(f"{folder}/calendar.csv") as file:
        rows = list(csv.DictReader(file))
    days = np.array([row["date"] for row in rows], dtype="datetime64[D]").astype(np.int64)
    sd = np.full((3, 1 << 16), -1)
    sd[np.array([int(row["region"]) for row in rows]), days] = [int(row["sd"]) for row in rows]
    return schools, sd, *read(f"{folder}/records.csv")


def read(path):
    """Pupil, day, hours, kind and school of each row, straight out of the bytes: numpy has no fast reader of text."""
    data = np.fromfile(path, dtype=np.uint8)
    ends = np.flatnonzero(data == 10)
    commas = np.flatnonzero(data == 44).reshape(len(ends), 5)[1:]
    begins, ends = ends[:-1] + 1, ends[1:]
    number = lambda start, stop: digits(data, start, stop)
    date = commas[:, 0] + 1
    year, month, day = number(date, date + 4), number(date + 5, date + 7), number(date + 8, date + 10)
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    letters = np.zeros(256, dtype=np.int64)
    for letter, code in KINDS.items():
        letters[ord(letter)] = code
    kind = letters[data[commas[:, 3] + 1]]
    hours, school = number(commas[:, 2] + 1, commas[:, 3]), number(commas[:, 4] + 1, ends)
    return number(begins, commas[:, 0]), first + day - 1, hours, kind, school


def digits(data, start, stop):
    """The number written from each start up to each stop."""
    value = np.zeros(len(start), dtype=np.int64)
    for place in range(int((stop - start).max())):
        inside = start + place < stop
        value = np.where(inside, value * 10 + data[np.minimum(start + place, len(data) - 1)] - 48, value)
    return value


def prepare(state):
    """The day table: for each pupil and schooldag with a row the hours missed, times late, ill and whole days."""
    schools, sd, pupil, day, hours, kind, school = state
    place = sd[schools[school], day]
    good = place >= 0
    key = pupil[good] * SPAN + place[good]
    packed = np.sort(key << 23 | day[good] << 7 | kind[good] << 4 | hours[good])
    key, kind, hours = packed >> 23, packed >> 4 & 7, packed & 15
    first = np.flatnonzero(np.diff(key, prepend=-1))
    total = lambda values: np.add.reduceat(values, first)
    return (
        key[first],
        packed[first] >> 7 & 65535,
        np.minimum(total(np.where(kind == 0, hours, 0)), 8),
        total((kind == 1).astype(np.int64)),
        total((kind == 2).astype(np.int64)) > 0,
        total(np.where((kind == 1) | (kind == 4), 0, hours)) >= 8,
    )


def evaluate(table, p):
    """All firings under a protocol."""
    key, day, u, late, sick, full = table
    found = []

    def fire(rule, key, day, value):
        found.append((key // SPAN, day, np.full(len(key), rule), np.broadcast_to(value, len(key))))

    some = u > 0
    hours(p, key[some], day[some], u[some], fire)
    steps(p, key, day, late, fire)
    spells(p, key[sick], day[sick], fire)
    runs(p, key[full], day[full], fire)
    some |= sick
    weekdays(p, key[some], day[some], fire)
    return tuple(np.concatenate(column) for column in zip(*found))


def columns(found):
    """The firings as columns of numpy, which they are."""
    return found


def window(key, total, back):
    """The sum over (sd - back, sd]; total is the running sum with a zero before it."""
    return total[1:] - total[np.searchsorted(key, key - back, side="right")]


def running(values):
    return np.concatenate(([0], np.cumsum(values)))


def armed(high, low):
    """Where a condition holds that has been low since it last held: a Schmitt trigger without a loop."""
    place = np.arange(len(high))
    last_low = np.maximum.accumulate(np.where(low, place, -1))
    before = np.concatenate(([-1], np.maximum.accumulate(np.where(high, place, -1))[:-1]))
    return high & (before < last_low)


def quiet(key, holds, length):
    """Where the condition holds and did not hold less than so many schooldagen back."""
    at = np.flatnonzero(holds)
    return at[np.diff(key[at], prepend=-SPAN) >= length]


def hours(p, key, day, u, fire):
    total = running(u)
    now = window(key, total, 20)
    before = total[:-1] - total[np.searchsorted(key, key - 20, side="left")]
    at = armed(now >= p.hi, before < p.lo)
    fire(10, key[at], day[at], now[at])
    earlier = window(key, total, 40) - now
    at = quiet(key, (now >= p.rise) & (now >= 2 * earlier), 20)
    fire(50, key[at], day[at], now[at])


def steps(p, key, day, late, fire):
    some = late > 0
    key, day, late = key[some], day[some], late[some]
    date = EPOCH + day
    year = (date.astype("datetime64[M]").astype(np.int64) + 5) // 12
    total = np.cumsum(late)
    group = key // SPAN * SPAN + year - year.min()
    new = np.diff(group, prepend=-1) != 0
    base = np.maximum.accumulate(np.where(new, total - late, 0))
    after = total - base
    for step in p.steps:
        at = (after - late < step) & (step <= after)
        fire(20, key[at], day[at], step)


def spells(p, key, day, fire):
    begins = np.diff(key, prepend=-2) != 1
    at = np.flatnonzero(begins)
    position = np.arange(len(key)) - at[np.cumsum(begins) - 1] + 1
    start = key[at]
    place = np.arange(len(start))
    number = place + 1 - np.searchsorted(start, start - 60, side="right")
    before = place - np.searchsorted(start, start - 60, side="left")
    fires = armed(number >= p.spells, before < p.spells_lo)
    fire(30, start[fires], day[at][fires], number[fires])
    long = position == p.long
    fire(31, key[long], day[long], p.long)


def runs(p, key, day, fire):
    begins = np.diff(key, prepend=-2) != 1
    first = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    position = np.arange(len(key)) - first + 1
    at = position == p.away
    fire(40, key[at], day[at], p.away)
    date = EPOCH + day[first]
    month = date.astype("datetime64[M]")
    in_month = date - month.astype("datetime64[D]")
    last = (month + p.months + 1).astype("datetime64[D]") - 1
    target = np.minimum((month + p.months).astype("datetime64[D]") + in_month, last).astype(np.int64)
    reached = day >= target
    at = reached & ~np.concatenate(([False], reached[:-1] & ~begins[1:]))
    fire(41, key[at], day[at], position[at])


def weekdays(p, key, day, fire):
    place = key // SPAN * 7 + (day + 3) % 7
    own = place * SPAN + key % SPAN
    order = np.argsort(own)
    own, key, day = own[order], key[order], day[order]
    number = np.arange(len(own)) + 1 - np.searchsorted(own, own - 40, side="right")
    at = quiet(own, number >= p.weekday, 40)
    fire(60, key[at], day[at], number[at])


if __name__ == "__main__":
    import sys

    maatstaf.run(np, sys.modules[__name__])
