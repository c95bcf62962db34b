"""The benchmark in DuckDB: window functions with ranges over the schooldagen of each pupil."""

import sys

import duckdb
import numpy as np

import maatstaf

DAYS = """
CREATE OR REPLACE TABLE days AS
SELECT pupil, sd::INTEGER AS sd, date,
       least(8, coalesce(sum(hours) FILTER (kind = 'U'), 0))::INTEGER AS u,
       count(*) FILTER (kind = 'L')::INTEGER AS late,
       count(*) FILTER (kind = 'S') > 0 AS sick,
       coalesce(sum(hours) FILTER (kind NOT IN ('L', 'R')), 0) >= 8 AS away
FROM records JOIN schools USING (school) JOIN calendar USING (region, date)
GROUP BY pupil, sd, date
"""

# A condition that has to be low before it counts again: it holds, and was low since it last held.
ARMED = """
armed AS (
  SELECT *, max(CASE WHEN before < {low} THEN sd END) OVER w AS low_at,
         max(CASE WHEN now >= {high} THEN sd END) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS high_at
  FROM windows WINDOW w AS (PARTITION BY pupil ORDER BY sd)
)
SELECT pupil, date, {rule} AS rule, now AS value FROM armed
WHERE now >= {high} AND low_at IS NOT NULL AND (high_at IS NULL OR high_at < low_at)
"""

# Runs of consecutive schooldagen: what the number of the schooldag and the place in the list differ by stays the same.
RUNS = """
places AS (SELECT *, sd - row_number() OVER (PARTITION BY pupil ORDER BY sd) AS run FROM days WHERE {which}),
runs AS (
  SELECT *, row_number() OVER r AS position, first_value(date) OVER r AS first, lag(date) OVER r AS earlier
  FROM places WINDOW r AS (PARTITION BY pupil, run ORDER BY sd)
)
"""

HOURS = """
WITH windows AS (
  SELECT pupil, sd, date, sum(u) OVER (p RANGE BETWEEN 19 PRECEDING AND CURRENT ROW) AS now,
         coalesce(sum(u) OVER (p RANGE BETWEEN 20 PRECEDING AND 1 PRECEDING), 0) AS before
  FROM days WHERE u > 0 WINDOW p AS (PARTITION BY pupil ORDER BY sd)
), """

STEPS = """
WITH years AS (SELECT pupil, sd, date, late, year(date) - (month(date) < 8)::INTEGER AS year FROM days WHERE late > 0),
counted AS (SELECT *, sum(late) OVER (PARTITION BY pupil, year ORDER BY sd) AS total FROM years)
SELECT pupil, date, 20, step FROM counted, (SELECT unnest({steps}) AS step)
WHERE total - late < step AND step <= total
"""

SPELLS = f"WITH {RUNS.format(which='sick')}" + """, windows AS (
  SELECT pupil, sd, date, count(*) OVER (p RANGE BETWEEN 59 PRECEDING AND CURRENT ROW) AS now,
         count(*) OVER (p RANGE BETWEEN 60 PRECEDING AND 1 PRECEDING) AS before
  FROM runs WHERE position = 1 WINDOW p AS (PARTITION BY pupil ORDER BY sd)
), """

ILL = f"WITH {RUNS.format(which='sick')} " + "SELECT pupil, date, 31, position FROM runs WHERE position = {long}"

AWAY = f"WITH {RUNS.format(which='away')} " + """
SELECT pupil, date, 40, position FROM runs WHERE position = {away}
UNION ALL
SELECT pupil, date, 41, position FROM runs
WHERE date >= first + INTERVAL {months} MONTH
  AND (earlier IS NULL OR earlier < first + INTERVAL {months} MONTH)
"""

RISE = """
WITH windows AS (
  SELECT pupil, sd, date, sum(u) OVER (p RANGE BETWEEN 19 PRECEDING AND CURRENT ROW) AS now,
         coalesce(sum(u) OVER (p RANGE BETWEEN 39 PRECEDING AND 20 PRECEDING), 0) AS earlier
  FROM days WHERE u > 0 WINDOW p AS (PARTITION BY pupil ORDER BY sd)
),
held AS (
  SELECT *, lag(sd) OVER (PARTITION BY pupil ORDER BY sd) AS last
  FROM windows WHERE now >= {rise} AND now >= 2 * earlier
)
SELECT pupil, date, 50, now FROM held WHERE last IS NULL OR sd - last >= 20
"""

WEEKDAYS = """
WITH windows AS (
  SELECT pupil, sd, date, isodow(date) AS weekday,
         count(*) OVER (PARTITION BY pupil, isodow(date) ORDER BY sd RANGE BETWEEN 39 PRECEDING AND CURRENT ROW) AS now
  FROM days WHERE u > 0 OR sick
),
held AS (
  SELECT *, lag(sd) OVER (PARTITION BY pupil, weekday ORDER BY sd) AS last FROM windows WHERE now >= {weekday}
)
SELECT pupil, date, 60, now FROM held WHERE last IS NULL OR sd - last >= 40
"""


def load(folder):
    """The files as typed tables, in memory."""
    base = duckdb.connect()
    base.execute("CREATE TYPE kind AS ENUM ('U', 'L', 'S', 'A', 'R', 'X')")
    tables = {
        "records": "{'pupil': 'UINTEGER', 'date': 'DATE', 'start': 'UTINYINT', 'hours': 'UTINYINT', "
        "'kind': 'kind', 'school': 'USMALLINT'}",
        "schools": "{'school': 'USMALLINT', 'region': 'UTINYINT'}",
        "calendar": "{'region': 'UTINYINT', 'date': 'DATE', 'sd': 'USMALLINT'}",
    }
    for name, columns in tables.items():
        base.execute(f"CREATE TABLE {name} AS FROM read_csv('{folder}/{name}.csv', header=true, columns={columns})")
    return base


def prepare(base):
    """The day table: for each pupil and schooldag with a row the hours missed, times late, ill and whole days."""
    base.execute(DAYS)
    return base


def evaluate(base, p):
    """All firings under a protocol, in a table of the engine."""
    hours = HOURS + ARMED.format(rule=10, high=p.hi, low=p.lo)
    spells = SPELLS + ARMED.format(rule=30, high=p.spells, low=p.spells_lo)
    others = [STEPS.format(steps=list(p.steps)), ILL.format(long=p.long), AWAY.format(away=p.away, months=p.months)]
    others += [RISE.format(rise=p.rise), WEEKDAYS.format(weekday=p.weekday)]
    base.execute("CREATE OR REPLACE TABLE found (pupil UINTEGER, date DATE, rule INTEGER, value INTEGER)")
    for query in [hours, spells, *others]:
        base.execute(f"INSERT INTO found {query}")
    return base


def columns(base):
    """The firings as columns of numpy."""
    found = base.execute("SELECT pupil, date - DATE '1970-01-01' AS day, rule, value FROM found").fetchnumpy()
    return tuple(found[name] for name in ("pupil", "day", "rule", "value"))


if __name__ == "__main__":
    maatstaf.run(np, sys.modules[__name__])
