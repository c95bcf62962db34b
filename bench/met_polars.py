"""The benchmark in Polars: one composite key, rolling sums over it, and expressions over whole columns."""

import sys

import numpy as np
import polars as pl

import maatstaf
from maatstaf import SPAN

KEY = pl.col("key")


def load(folder):
    """The files as typed columns."""
    records = pl.read_csv(
        f"{folder}/records.csv",
        schema={
            "pupil": pl.UInt32,
            "date": pl.Date,
            "start": pl.UInt8,
            "hours": pl.UInt8,
            "kind": pl.Categorical,
            "school": pl.UInt16,
        },
    )
    schools = pl.read_csv(f"{folder}/schools.csv", schema={"school": pl.UInt16, "region": pl.UInt8})
    calendar = pl.read_csv(
        f"{folder}/calendar.csv", schema={"region": pl.UInt8, "date": pl.Date, "sd": pl.Int64}
    )
    return records, schools, calendar


def prepare(state):
    """The day table: for each pupil and schooldag with a row the hours missed, times late, ill and whole days."""
    records, schools, calendar = state
    kind, hours = pl.col("kind"), pl.col("hours").cast(pl.Int32)
    total = lambda kinds: hours.filter(kind.is_in(kinds)).sum()
    days = (
        records.lazy()
        .join(schools.lazy(), on="school")
        .join(calendar.lazy(), on=["region", "date"])
        .with_columns(key=pl.col("pupil").cast(pl.Int64) * SPAN + pl.col("sd"))
        .with_columns(
            u=pl.when(kind == "U").then(hours).otherwise(0),
            late=(kind == "L").cast(pl.Int32),
            sick=(kind == "S").cast(pl.Int32),
            away=pl.when((kind == "L") | (kind == "R")).then(0).otherwise(hours),
        )
        .group_by("key")
        .agg(
            pl.col("date").first(),
            pl.col("u").sum().clip(upper_bound=8),
            pl.col("late").sum(),
            pl.col("sick").max() > 0,
            pl.col("away").sum() >= 8,
        )
        .sort("key")
        .set_sorted("key")
    )
    return days.collect()


def evaluate(days, p):
    """All firings under a protocol."""
    lazy = days.lazy()
    some = lazy.filter(pl.col("u") > 0)
    sick, full = lazy.filter("sick"), lazy.filter("away")
    either = lazy.filter((pl.col("u") > 0) | pl.col("sick"))
    parts = [*hours(some, p), *steps(lazy, p), *spells(sick, p), *runs(full, p), weekdays(either, p)]
    return pl.concat(pl.collect_all(parts))


def columns(found):
    """The firings as columns of numpy."""
    return tuple(found[name].to_numpy() for name in ("pupil", "day", "rule", "value"))


def fires(frame, rule, value):
    return frame.select(
        pupil=KEY // SPAN,
        day=pl.col("date").cast(pl.Int32).cast(pl.Int64),
        rule=pl.lit(rule, pl.Int64),
        value=value.cast(pl.Int64),
    )


def armed(frame, high, low):
    """Where a condition holds that has been low since it last held: a Schmitt trigger without a loop."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    frame = frame.with_columns(high=high).with_columns(
        last_low=pl.when(low).then(place).otherwise(-1).cum_max(),
        before=pl.when(pl.col("high")).then(place).otherwise(-1).cum_max().shift(1, fill_value=-1),
    )
    return frame.filter(pl.col("high") & (pl.col("before") < pl.col("last_low")))


def hours(some, p):
    window = lambda days, closed: pl.col("u").rolling_sum_by("key", f"{days}i", closed=closed)
    summed = some.with_columns(now=window(20, "right"), before=window(20, "left"), both=window(40, "right"))
    summed = summed.with_columns(pl.col("before").fill_null(0))
    now = pl.col("now")
    rising = summed.filter((now >= p.rise) & (now >= 2 * (pl.col("both") - now)))
    return [
        fires(armed(summed, now >= p.hi, pl.col("before") < p.lo), 10, now),
        fires(rising.filter(KEY - KEY.shift(1, fill_value=-SPAN) >= 20), 50, now),
    ]


def steps(days, p):
    year = pl.col("date").dt.year() - (pl.col("date").dt.month() < 8).cast(pl.Int32)
    late = pl.col("late")
    counted = days.filter(late > 0).with_columns(after=late.cum_sum().over(KEY // SPAN, year))
    passed = lambda step: counted.filter((pl.col("after") - late < step) & (pl.col("after") >= step))
    return [fires(passed(step), 20, pl.lit(step)) for step in p.steps]


def positions(frame):
    """Of each day of a run of consecutive schooldagen its first day and its place in the run."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    begins = KEY != KEY.shift(1, fill_value=-2) + 1
    return frame.with_columns(begins=begins, place=place).with_columns(
        position=place - pl.when(begins).then(place).otherwise(-1).cum_max() + 1,
        first=pl.when(begins).then(pl.col("date")).forward_fill(),
    )


def spells(sick, p):
    run = positions(sick)
    one = pl.lit(1, pl.Int32)
    begun = run.filter("begins").with_columns(one=one)
    window = lambda closed: pl.col("one").rolling_sum_by("key", "60i", closed=closed).fill_null(0)
    begun = begun.with_columns(number=window("right"), earlier=window("left"))
    often = armed(begun, pl.col("number") >= p.spells, pl.col("earlier") < p.spells_lo)
    return [
        fires(often, 30, pl.col("number")),
        fires(run.filter(pl.col("position") == p.long), 31, pl.lit(p.long)),
    ]


def runs(full, p):
    run = positions(full)
    reached = pl.col("date") >= pl.col("first").dt.offset_by(f"{p.months}mo")
    months = run.with_columns(reached=reached)
    earlier = pl.col("reached").shift(1, fill_value=False) & ~pl.col("begins")
    return [
        fires(run.filter(pl.col("position") == p.away), 40, pl.lit(p.away)),
        fires(months.filter(pl.col("reached") & ~earlier), 41, pl.col("position")),
    ]


def weekdays(either, p):
    own = ((KEY // SPAN) * 7 + pl.col("date").dt.weekday()) * SPAN + KEY % SPAN
    days = either.with_columns(own=own, one=pl.lit(1, pl.Int32)).sort("own")
    days = days.with_columns(number=pl.col("one").rolling_sum_by("own", "40i"))
    often = days.filter(pl.col("number") >= p.weekday)
    far = pl.col("own") - pl.col("own").shift(1, fill_value=-SPAN) >= 40
    return fires(often.filter(far), 60, pl.col("number"))


if __name__ == "__main__":
    maatstaf.run(np, sys.modules[__name__])
