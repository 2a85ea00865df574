# SPDX-License-Identifier: Apache-2.0
"""What other rules say of the same captures.

Each rule takes an Instance and returns a list of places ('file:line', the most suspicious first) or
True where it can only say "something is wrong"; an empty list or False is silence.
"""
import math
import statistics

import captures

MIB = 1 << 20
LIMIT = 256 * MIB  # holmes wants a limit; the captures have none


class Instance:
    """The captures of one instance; read when first asked for."""

    def __init__(self, directory):
        self.directory = directory
        self.cache = {}

    def keep(self, key, make):
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]

    def memstats(self):
        return self.keep("memstats", lambda: captures.memstats(self.directory))

    def series(self, name):
        return [m[name] for _, m in self.memstats()]

    def steps(self, *names):
        """(seconds, differences...) between captures of one process."""
        points = self.memstats()
        for (t0, a), (t1, b) in zip(points, points[1:]):
            if b["TotalAlloc"] >= a["TotalAlloc"] and t1 > t0:
                yield (t1 - t0, *(b[n] - a[n] for n in names))

    def growth(self, kind, column):
        """{place: growth} from the first profile to the last."""
        def make():
            paths = captures.of_kind(self.directory, kind)
            if len(paths) < 2:
                return {}
            first, last = captures.sites(paths[0], column), captures.sites(paths[-1], column)
            return {p: last.get(p, 0) - first.get(p, 0) for p in set(first) | set(last)}
        return self.keep(("growth", kind, column), make)

    def goroutines(self):
        """Number of goroutines in each goroutine profile."""
        return self.keep("goroutines", lambda: [
            sum(v[0] for _, v in captures.read_profile(p))
            for p in captures.of_kind(self.directory, "goroutine")])

    def last_goroutines(self):
        def make():
            paths = captures.of_kind(self.directory, "goroutine")
            return captures.sites(paths[-1], 0) if paths else {}
        return self.keep("last goroutines", make)


def in_a_row(flags, n):
    run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        if run >= n:
            return True
    return False


def top(growth, least):
    ranked = sorted(growth.items(), key=lambda one: (-one[1], one[0]))
    return [p for p, v in ranked if v >= least]


def seed_l1(i):
    return any(h >= 5 * MIB and o >= 1000 for _, h, o in i.steps("HeapAlloc", "HeapObjects"))


def seed_l1_thrice(i):
    return in_a_row((h >= 5 * MIB and o >= 1000 for _, h, o in i.steps("HeapAlloc", "HeapObjects")), 3)


def seed_trend(i):
    return in_a_row((h / t > 5 * MIB for t, h in i.steps("HeapAlloc")), 3)


def seed_minute(i):
    return any(h / t * 60 > 100 * MIB or o / t * 60 > 200000 for t, h, o in i.steps("HeapAlloc", "HeapObjects"))


def seed_water(i):
    return in_a_row((m["Alloc"] / m["Sys"] > 0.75 for _, m in i.memstats()), 3)


def seed_p95(i):
    alloc = i.series("HeapAlloc")
    for n in range(8, len(alloc)):
        past = sorted(alloc[:n])
        if alloc[n] > past[int(0.95 * (n - 1))] + 1.5 * statistics.pstdev(past):
            return True
    return False


def seed_band(i):
    alloc = i.series("HeapAlloc")
    middle = statistics.median(alloc) if alloc else 0
    return bool(alloc) and abs(alloc[-1] - middle) > 0.15 * middle


def seed_heapsys(i):
    sys = i.series("HeapSys")
    return len(sys) > 1 and sys[-1] > 1.15 * sys[0]


def seed_forcegc(i):
    return any((f - 1) / t * 60 > 3 for t, f in i.steps("NumForcedGC"))


def seed_gcrate(i):
    return any(g / t > 5 for t, g in i.steps("NumGC"))


def seed_goroutines(i):
    return any(n > 1000 for n in i.goroutines())


def seed_objdelta(i):
    return top(i.growth("heap", 2), 101)


def above_mean(values, share, low, high):
    """holmes: above `high`, or above `low` and so much above the mean of the ten before."""
    for n, value in enumerate(values):
        if value > high:
            return True
        past = values[max(0, n - 10):n]
        if len(past) == 10 and value > low and value >= statistics.mean(past) * (1 + share):
            return True
    return False


def holmes_memory(i):
    resident = [m["Sys"] - m["HeapReleased"] for _, m in i.memstats()]
    return above_mean(resident, 0.25, 0.10 * LIMIT, 0.80 * LIMIT)


def holmes_gc_heap(i):
    return above_mean(i.series("HeapAlloc"), 0.20, 0.10 * LIMIT, 0.40 * LIMIT)


def holmes_goroutines(i):
    return above_mean(i.goroutines(), 0.20, 3000, 200000)


def mann_kendall(i):
    alloc = i.series("HeapAlloc")
    n = len(alloc)
    if n < 8:
        return False
    s = sum((b > a) - (b < a) for k, a in enumerate(alloc) for b in alloc[k + 1:])
    z = (s - 1) / math.sqrt(n * (n - 1) * (2 * n + 5) / 18) if s > 0 else 0
    return z > 1.96


def leakprof(i):
    return top(i.last_goroutines(), 10001)


def pprof_diff(i):
    return top(i.growth("heap", 3), MIB)


def goroutine_diff(i):
    return top(i.growth("goroutine", 0), 100)


RULES = [
    ("seed_l1: +5 MiB and +1,000 objects, once", seed_l1),
    ("seed_l1, three times in a row", seed_l1_thrice),
    ("seed_trend: 5 MB/s, three times in a row", seed_trend),
    ("seed_minute: 100 MB or 200,000 objects a minute", seed_minute),
    ("seed_water: Alloc/Sys above 0.75, three in a row", seed_water),
    ("seed_p95: above P95 + 1.5 sigma", seed_p95),
    ("seed_band: 15 % off the median", seed_band),
    ("seed_heapsys: HeapSys +15 %", seed_heapsys),
    ("seed_forcegc: more than 3 forced a minute", seed_forcegc),
    ("seed_gcrate: more than 5 collections a second", seed_gcrate),
    ("seed_goroutines: more than 1,000", seed_goroutines),
    ("seed_objdelta: a site with +100 objects", seed_objdelta),
    ("holmes memory 10/25/80 % of 256 MiB", holmes_memory),
    ("holmes GC heap 10/20/40 % of 256 MiB", holmes_gc_heap),
    ("holmes goroutines 3000/20 %/200000", holmes_goroutines),
    ("Mann-Kendall on HeapAlloc, 5 %", mann_kendall),
    ("LeakProf: 10,000 goroutines at a place", leakprof),
    ("pprof -diff_base, places with +1 MiB", pprof_diff),
    ("goroutine diff, places with +100", goroutine_diff),
]


def ask(rule, directories):
    """All instances of a service together: (does it fire, places of the one with the most)."""
    fires, places = False, []
    for directory in directories:
        said = rule(directory)
        fires = fires or bool(said)
        if isinstance(said, list) and len(said) > len(places):
            places = said
    return fires, places
