#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the inputs and the expected values that tests/analyze/test_sqlfn_reference.c reads.

    cd tests/analyze/data/stats && /usr/bin/python3 make_reference.py && Rscript make_reference.R

Debian packages: python3-numpy, python3-scipy, python3-mpmath; r-base-core for the second opinion.

points.csv    case,stratum,x,y          inputs of functions of points
samples.csv   case,y                    inputs of functions of samples
expected.csv  function,case,expected,relative   written here
expected_r.csv                                  the same, written by make_reference.R

Arguments beside the case are written behind the function: "percentile 90", "binom_tail 3 10 0.5".
Everything is computed the slow and obvious way, over all pairs, and checked against SciPy where
SciPy has it. Tails come from mpmath with 60 digits.
"""
import collections
import fractions
import functools
import itertools
import math
import random
import warnings

import mpmath
import numpy as np
from scipy import stats

NS = 1795223187 * 10**9  # 2026-11-21
MINUTE = 60 * 10**9
DAY = 86400 * 10**9
Z95 = 1.9599639845400545

warnings.simplefilter("ignore")
rng = random.Random(20261121)


def ar1(n, rho):
    level = rng.gauss(0, 1)
    series = []
    for _ in range(n):
        series.append(level)
        level = rho * level + rng.gauss(0, 1)
    return series


def single(xs, ys):
    return [(0, x, y) for x, y in zip(xs, ys)]


def lives(count, length, slope, noise, rho=0.0):
    """Lives of a process one after the other: every restart falls back to the same level."""
    rows = []
    t = NS
    for life in range(count):
        errors = ar1(length, rho)
        for i in range(length):
            rows.append((life - 1, t + i * 5 * MINUTE + rng.randrange(10**9),
                         int(10**8 + slope * i + noise * errors[i])))
        t += length * 6 * MINUTE
    return rows


def make_points():
    cases = {}
    cases["one"] = single([NS], [5])
    cases["two_rising"] = single([NS, NS + MINUTE], [5, 17])
    cases["two_falling"] = single([NS, NS + MINUTE], [17, 5])
    cases["two_equal_x"] = single([NS, NS], [5, 17])
    cases["two_equal_y"] = single([NS, NS + MINUTE], [5, 5])
    cases["three"] = single([1, 2, 4], [1, 5, 4])
    cases["three_tied_x"] = single([1, 1, 4], [1, 5, 4])
    cases["constant_y"] = single(range(12), [7] * 12)
    cases["constant_x"] = single([3] * 6, [1, 4, 2, 8, 5, 7])
    cases["identical"] = single([3] * 6, [4] * 6)
    cases["line"] = single(range(25), [3 * i + 11 for i in range(25)])
    cases["line_of_thirds"] = single(range(40), [i / 3 for i in range(40)])
    cases["falling_line"] = single(range(15), [-2.5 * i for i in range(15)])
    cases["staircase"] = single(range(24), [i // 4 for i in range(24)])
    # P. K. Sen's own example (1968): time and distance of a moving body.
    cases["sen_1968"] = single([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78])
    for n in (4, 5, 6, 8, 10, 11, 19, 20, 21, 30):
        cases[f"rising_{n}"] = single(range(n), [i + rng.gauss(0, n / 6) for i in range(n)])
        cases[f"level_{n}"] = single(range(n), [rng.gauss(0, 1) for _ in range(n)])
    cases["steady_20"] = single(range(20), [i * i for i in range(20)])
    cases["ties_in_y"] = single(range(40), [rng.randrange(5) + i // 15 for i in range(40)])
    cases["ties_in_x"] = single([i // 4 for i in range(40)],
                                [i + rng.gauss(0, 9) for i in range(40)])
    cases["ties_in_both"] = single([rng.randrange(8) for _ in range(60)],
                                   [rng.randrange(6) for _ in range(60)])
    cases["sawtooth"] = single([NS + i * MINUTE for i in range(48)],
                               [10**7 + 10**6 * (i % 6) + 20000 * i for i in range(48)])
    cases["captures"] = single([NS + i * 5 * MINUTE + rng.randrange(10**9) for i in range(60)],
                               [52428800 + 4096 * i + int(rng.gauss(0, 60000)) for i in range(60)])
    # Beyond 2^53 ns of the first time, 1 ns apart at both ends.
    later = NS + 900 * DAY
    cases["years"] = single([NS, NS + 1, NS + 2, later, later + 1, later + 600 * DAY],
                            [1, 2, 2, 1000, 1001, 2000])
    cases["ends_of_time"] = single([-2**63, 0, 2**63 - 1], [0, 1, 3])
    cases["real_x"] = single([0.1 * i for i in range(30)],
                             [math.sin(i) + 0.05 * i for i in range(30)])
    cases["tiny"] = single([i * 1e-200 for i in range(20)],
                           [1e-150 * (i + rng.gauss(0, 2)) for i in range(20)])
    cases["large_y"] = single(range(20), [2**52 + 3 * i + rng.randrange(5) for i in range(20)])
    cases["three_lives"] = lives(3, 20, 50000, 100000)
    cases["level_lives"] = lives(4, 12, 0, 100000)
    cases["short_lives"] = lives(8, 3, 50000, 20000)
    cases["autocorrelated_lives"] = lives(4, 25, 0, 100000, 0.8)
    cases["mixed_lives"] = lives(2, 15, 30000, 90000, 0.5) + \
        [(s, NS + s, 10**8) for s in range(10, 16)] + [(20, NS, 1), (20, NS + DAY, 2)]
    cases["autocorrelated"] = single(range(80), ar1(80, 0.85))
    cases["autocorrelated_rise"] = single(range(80),
                                          [0.15 * i + e for i, e in enumerate(ar1(80, 0.6))])
    cases["anticorrelated"] = single(range(50), ar1(50, -0.7))
    # Large enough that slopes are selected and not listed (stats_slope.c, S3).
    cases["large"] = single([NS + i * 5 * MINUTE + rng.randrange(10**10) for i in range(1200)],
                            [10**8 + 700 * i + int(rng.gauss(0, 10**6)) for i in range(1200)])
    cases["large_tied"] = single([i // 2 for i in range(900)],
                                 [i // 40 + rng.randrange(3) for i in range(900)])
    cases["large_lives"] = lives(4, 250, 3000, 10**6)
    for rows in cases.values():
        rng.shuffle(rows)
    return cases


def make_samples():
    return {
        "one": [42],
        "two": [1, 2],
        "three": [10, -4, 7],
        "equal": [5] * 9,
        "ties": [rng.randrange(4) for _ in range(31)],
        "normal": [rng.gauss(100, 15) for _ in range(200)],
        "outlier": [10, 11, 12, 11, 10, 9, 10, 11, 1e9],
        "bytes": [rng.randrange(2**45) for _ in range(101)],
        "extremes": [-1.7e308, 1.7e308, 0.0],
        "suspects": [900, 850, 800, 300, 290, 12, 5],
        "suspect": [1000, 400, 390, 1],
        "no_elbow": [10, 9, 8, 7],
        "none_positive": [0, -5, -2],
        "one_positive": [0, -5, 3],
        "exact_half": [8, 4, 4],
    }


# ----------------------------------------------------------------- points, all pairs

class Points:
    def __init__(self, rows):
        if all(isinstance(x, int) for _, x, _ in rows):
            first = min(x for _, x, _ in rows)
        else:
            first = min(float(x) for _, x, _ in rows)
        shifted = sorted((s, float(x - first), float(y)) for s, x, y in rows)
        self.strata = []
        for stratum in sorted({s for s, _, _ in shifted}):
            self.strata.append(([x for s, x, _ in shifted if s == stratum],
                                [y for s, _, y in shifted if s == stratum]))
        self.order = sorted((x, y) for _, x, y in shifted)

    def slopes(self):
        slopes = []
        for xs, ys in self.strata:
            x, y = np.array(xs), np.array(ys)
            i, j = np.triu_indices(len(x), 1)
            apart = x[j] > x[i]
            slopes.append((y[j] - y[i])[apart] / (x[j] - x[i])[apart])
        return np.sort(np.concatenate(slopes))

    def kendall(self):
        score = pairs = moving = falls = 0
        variance = 0.0
        for xs, ys in self.strata:
            x, y = np.array(xs), np.array(ys)
            i, j = np.triu_indices(len(x), 1)
            signs = np.sign(y[j] - y[i]) * np.sign(x[j] - x[i])
            score += int(signs.sum())
            falls += int((signs < 0).sum())
            pairs += int((x[j] != x[i]).sum())
            moving += int((y[j] != y[i]).sum())
            variance += self.variance(xs, ys)
        return score, pairs, moving, variance, falls

    @staticmethod
    def variance(xs, ys):
        n = len(xs)
        t = np.unique(xs, return_counts=True)[1].astype(float)
        u = np.unique(ys, return_counts=True)[1].astype(float)
        v = (n * (n - 1) * (2 * n + 5) - (t * (t - 1) * (2 * t + 5)).sum() -
             (u * (u - 1) * (2 * u + 5)).sum()) / 18
        if n > 1:
            v += (t * (t - 1)).sum() * (u * (u - 1)).sum() / (2 * n * (n - 1))
        if n > 2:
            v += (t * (t - 1) * (t - 2)).sum() * (u * (u - 1) * (u - 2)).sum() / \
                (9 * n * (n - 1) * (n - 2))
        return v


def theil_sen(p):
    s = p.slopes()
    return float(np.median(s)) if len(s) else None


def limit(p, upper):
    s = p.slopes()
    _, pairs, moving, variance, *_ = p.kendall()
    rank = (len(s) - Z95 * math.sqrt(variance)) / 2
    if is_exact(p) and pairs == moving:
        rank = 0
        while exact_tail(p.strata, rank) <= 0.025:
            rank += 1
    if not len(s) or rank < 1:
        return None
    at = len(s) - 1 - (rank - 1) if upper else rank - 1
    k = int(at)
    f = at - k
    return float(s[k] if f == 0 else s[k] * (1 - f) + s[k + 1] * f)


def intercept(p):
    slope = theil_sen(p)
    return None if slope is None else \
        float(np.median([y - slope * x for xs, ys in p.strata for x, y in zip(xs, ys)]))


def tau(p):
    score, pairs, moving, *_ = p.kendall()
    return score / math.sqrt(pairs * moving) if pairs and moving else None


def z(p):
    score, pairs, _, variance, *_ = p.kendall()
    if not pairs:
        return None
    return (score - np.sign(score)) / math.sqrt(variance) if score else 0.0


def multiply(a, b):
    product = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return product


@functools.cache
def choices(n, k):
    """How many of the ways to put k items among n - k smaller ones have 0, 1, ... falls."""
    if k in (0, n):
        return [1]
    first, later = choices(n - 1, k - 1), [0] * k + choices(n - 1, k)
    return [x + y for x, y in itertools.zip_longest(first, later, fillvalue=0)]


def falls_of(ys):
    """How many orders of ys have 0, 1, ... falls, by adding one value after the other."""
    orders, smaller = [1], 0
    for _, number in sorted(collections.Counter(ys).items()):
        orders = multiply(orders, choices(smaller + number, number))
        smaller += number
    return orders


def exact_tail(strata, most):
    """Chance of at most so many falls, all orders within each stratum being equally likely."""
    orders = [1]
    for _, ys in strata:
        orders = multiply(orders, falls_of(ys))
    return float(fractions.Fraction(sum(orders[:most + 1]), sum(orders)))


def is_exact(p):
    return len(p.order) <= 20 and all(len(set(xs)) == len(xs) for xs, _ in p.strata)


def p_value(p):
    score, pairs, _, variance, falls = p.kendall()
    if not pairs:
        return None
    if is_exact(p):
        return exact_tail(p.strata, falls)
    return float(stats.norm.sf((score - 1) / math.sqrt(variance))) if variance > 0 else 1.0


def p_corrected(p):
    slope = theil_sen(p)
    if slope is None:
        return None
    products = squares = 0.0
    n = m = 0
    for xs, ys in p.strata:
        if len(xs) < 5:
            continue
        x, y = np.array(xs) - xs[0], np.array(ys) - ys[0]
        grain = np.abs(y).max() * 2.0**-40 or 1.0
        r = stats.rankdata(np.round((y - slope * x) / grain))
        r = r - r.mean()
        products += (r[1:] * r[:-1]).sum()
        squares += (r * r).sum()
        n += len(xs)
        m += 1
    rho = min(1, max(0, (n * products / squares + m + 1) / (n - 3 * m - 1))) if squares > 0 else 0
    if rho == 0:
        return p_value(p)
    variance = 0.0
    for xs, ys in p.strata:
        c = len(xs)
        factor = 1.0
        if c > 2:
            k = np.arange(1, c - 2)
            weights = (c - k) * (c - k - 1.0) * (c - k - 2)
            factor += 2 / (c * (c - 1) * (c - 2)) * (weights * rho**k).sum()
        variance += p.variance(xs, ys) * factor
    score = p.kendall()[0]
    corrected = float(stats.norm.sf((score - 1) / math.sqrt(variance))) if variance > 0 else 1.0
    return max(corrected, p_value(p)) if score > 0 else corrected


def steps(p):
    """y in the order of x, the largest of each x."""
    return [max(y for x, y in p.order if x == at) for at in sorted({x for x, _ in p.order})]


def drawdown(p):
    ys = np.array(steps(p))
    return float((np.maximum.accumulate(ys) - ys).max())


def streak(p):
    rises = [b > a for a, b in zip(steps(p), steps(p)[1:])]
    return len(rises) - max([i + 1 for i, rise in enumerate(rises) if not rise], default=0)


def share_rising(p):
    ys = steps(p)
    return sum(b > a for a, b in zip(ys, ys[1:])) / (len(ys) - 1) if len(ys) > 1 else None


def raw(rows, key):
    """last_value and first_value_by: y as it was given."""
    at = key(x for _, x, _ in rows)
    return max(y for _, x, y in rows if x == at)


def check_with_scipy(name, p):
    if len(p.strata) != 1 or len(p.order) < 3:
        return
    xs, ys = p.strata[0]
    if p.kendall()[1] and p.kendall()[2]:
        assert math.isclose(tau(p), stats.kendalltau(xs, ys).correlation, rel_tol=1e-12,
                            abs_tol=1e-12), name
    if p.kendall()[1]:
        result = stats.theilslopes(ys, xs, method="joint")
        assert result.slope == theil_sen(p), name
        assert math.isclose(result.intercept, intercept(p), rel_tol=1e-12, abs_tol=1e-300), name


# ------------------------------------------------------------------------- tails

mpmath.mp.dps = 60


def binom_reference(k, n, p):
    p = mpmath.mpf(p)
    if k <= 0:
        return mpmath.mpf(1)
    if k > n:
        return mpmath.mpf(0)
    if p == 0 or p == 1:
        return p
    up = k > n * p
    at = k if up else k - 1
    q = 1 - p
    density = mpmath.exp(mpmath.loggamma(n + 1) - mpmath.loggamma(at + 1) -
                         mpmath.loggamma(n - at + 1) + at * mpmath.log(p) +
                         (n - at) * mpmath.log(q))
    total = term = mpmath.mpf(1)
    odds = p / q
    while (at < n if up else at > 0) and term > total * mpmath.mpf(10)**-40:
        term = term * (n - at) / (at + 1) * odds if up else term * at / (n - at + 1) / odds
        at += 1 if up else -1
        total += term
    return density * total if up else 1 - density * total


def poisson_reference(k, mu):
    mu = mpmath.mpf(mu)
    if k <= 0:
        return mpmath.mpf(1)
    if mu == 0:
        return mpmath.mpf(0)
    up = k > mu
    at = k if up else k - 1
    density = mpmath.exp(at * mpmath.log(mu) - mu - mpmath.loggamma(at + 1))
    total = term = mpmath.mpf(1)
    while (up or at > 0) and term > total * mpmath.mpf(10)**-40:
        term = term * mu / (at + 1) if up else term * at / mu
        at += 1 if up else -1
        total += term
    return density * total if up else 1 - density * total


def tails():
    binomial = [(0, 5, 0.5), (6, 5, 0.5), (5, 5, 0.5), (1, 1, 0.25), (3, 10, 0.5), (10, 10, 0.1),
                (7, 7, 1.0), (1, 7, 0.0), (-3, 7, 0.3), (0, 0, 0.5), (1, 0, 0.5)]
    for n in (20, 100, 341, 5000, 100000, 10**7):
        for p in (0.5, 0.1, 0.9, 1e-3, 0.999, 1e-6):
            mean, sigma = n * p, math.sqrt(n * p * (1 - p))
            for far in (-8, -1, 0, 0.5, 1, 3, 6, 12, 20, 35):
                binomial.append((int(mean + far * sigma), n, p))
    binomial += [(k, 1000, 0.01) for k in (50, 100, 150, 180, 200)]
    binomial += [(500, 1000, 1 / 3), (900, 1000, 0.5), (1000, 1000, 0.5)]
    binomial += [(5 * 10**8 + d, 10**9, 0.5) for d in (1, 10000, 100000, 500000)]
    for k, n, p in sorted(set(binomial)):
        yield f"binom_tail {k} {n} {p!r}", binom_reference(k, n, p)
    poisson = [(0, 3.0), (-1, 3.0), (1, 0.0), (1, 1e-12), (5, 1e-50), (200, 1.0)]
    for mu in (0.3, 1.0, 17.5, 341.0, 1e4, 1e7):
        for far in (-8, -1, 0, 0.5, 1, 3, 6, 12, 20, 35):
            poisson.append((int(mu + far * math.sqrt(mu)), mu))
    for k, mu in sorted(set(poisson)):
        yield f"poisson_tail {k} {mu!r}", poisson_reference(k, mu)
    for v in (-40, -8.3, -1.96, -0.5, 0, 1e-9, 0.5, 1, 1.6448536269514722, 3, 6, 10, 20, 30, 37):
        yield f"normal_tail {float(v)!r}", mpmath.erfc(mpmath.mpf(v) / mpmath.sqrt(2)) / 2


# ------------------------------------------------------------------------ output

def text(value):
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else repr(float(value))


def elbow(ys):
    falling = sorted(ys, reverse=True) + [0]
    if falling[0] <= 0:
        return 0
    return next(k for k in range(1, len(falling)) if falling[k] <= falling[k - 1] / 2)


def main():
    points, samples = make_points(), make_samples()
    with open("points.csv", "w") as out:
        out.write("case,stratum,x,y\n")
        for name, rows in points.items():
            out.writelines(f"{name},{s},{x!r},{y!r}\n" for s, x, y in rows)
    with open("samples.csv", "w") as out:
        out.write("case,y\n")
        for name, ys in samples.items():
            out.writelines(f"{name},{y!r}\n" for y in ys)
    of_points = {
        "theil_sen": (theil_sen, 0), "theil_sen_low": (lambda p: limit(p, False), 1e-12),
        "theil_sen_high": (lambda p: limit(p, True), 1e-12),
        "theil_sen_intercept": (intercept, 1e-12),
        "kendall_tau": (tau, 1e-14), "kendall_z": (z, 1e-14), "kendall_p": (p_value, 1e-12),
        "kendall_p_corrected": (p_corrected, 1e-10), "max_drawdown": (drawdown, 0),
        "rising_streak": (streak, 0), "share_rising": (share_rising, 0),
    }
    with open("expected.csv", "w") as out:
        out.write("function,case,expected,relative\n")
        for name, rows in points.items():
            p = Points(rows)
            check_with_scipy(name, p)
            for function, (compute, relative) in of_points.items():
                out.write(f"{function},{name},{text(compute(p))},{relative}\n")
            out.write(f"last_value,{name},{text(raw(rows, max))},0\n")
            out.write(f"first_value_by,{name},{text(raw(rows, min))},0\n")
        for name, ys in samples.items():
            a = np.array(ys, dtype=float)
            for percent in (0, 5, 25, 33.3, 50, 90, 95, 99.9, 100):
                if name != "extremes":
                    value = text(np.percentile(a, percent))
                    out.write(f"percentile {percent},{name},{value},1e-14\n")
            out.write(f"median,{name},{text(np.median(a))},1e-15\n")
            if name != "extremes":
                out.write(f"robust_iqr,{name},{text(stats.iqr(a))},1e-13\n")
                sigma = stats.median_abs_deviation(a, scale=1 / 1.4826)
                out.write(f"mad,{name},{text(sigma)},1e-14\n")
            out.write(f"elbow_rank,{name},{elbow(ys)},0\n")
        for function, value in tails():
            if value == 0 or value > mpmath.mpf("1e-300"):
                out.write(f"{function},,{text(float(value))},1e-11\n")


if __name__ == "__main__":
    main()
