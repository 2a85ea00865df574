#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures a leakledger binary on the labelled set and prints tables in Markdown.

usage: scripts/evaluate [--leakledger FILE] [--part calibrate|opened|measure] [--quick] [--detail]
                        [--check] [--service NAME]...

Without --quick, prefixes of the captures, dirty variants and the baselines are run as well. --detail
names services, lines and findings; it is refused for the part "measure", of which only totals are to
be seen while somebody tunes, and so is --service, which measures those services and their repaired
variants only. --check compares the labels with the captures and runs nothing.
"""
import argparse
import collections
import glob
import os
import statistics
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import baselines
import captures
import fleets
import verdicts

PREFIXES = (2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40)
SUFFIXES = (2, 3, 4, 6, 8, 10, 12, 14, 20)
BINS = ((0, 40), (40, 50), (50, 60), (60, 70), (70, 75), (75, 80), (80, 90), (90, 101))


def share(part, whole):
    return f"{part}/{whole} ({100 * part / whole:.0f} %)" if whole else "none"


def table(head, rows, numeric=1):
    """Columns from `numeric` on are set to the right."""
    print("\n| " + " | ".join(head) + " |")
    print("|" + "|".join("---" if n < numeric else "--:" for n in range(len(head))) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def is_negative(row):
    return row["class"] == "none"


def service_weeks(rows):
    return sum(int(r["captures"]) * r["step"] * int(r["instances"]) for r in rows) / (7 * 86400)


# ------------------------------------------------------------------ main figures

def headline(rows, plain, logged):
    print("\n### Summary")
    out = []
    for name, found in (("captures only", plain), ("with escape log", logged)):
        said = verdicts.verdicts(rows, found)
        told = verdicts.truth(rows, found)
        loud = [(f, real) for f, _, real in told if f["severity"] in verdicts.LOUD]
        sites = [v for v in said if v.site]
        lined = [v for v in sites if v.row["places"]]
        out.append((name, share(len(sites), len(said)), share(sum(v.right for v in said), len(said)),
                    share(sum(v.right for v in sites), len(sites)),
                    share(sum(real for _, real in loud), len(loud)),
                    share(sum(v.rank == 1 for v in lined), len(lined)),
                    share(sum(v.rank <= 3 for v in lined), len(lined)),
                    share(sum(verdicts.exact(v.row, v.finding) for v in lined), len(lined))))
    table(("input", "recall (site)", "recall (site and class)", "class right where found", "precision",
           "rank 1", "rank 3", "the very line"), out)


def per_class(rows, found):
    print("\n### Recall and precision by class (captures only)")
    said = verdicts.verdicts(rows, found)
    told = [(f, real) for f, _, real in verdicts.truth(rows, found) if f["severity"] in verdicts.LOUD]
    kinds = sorted({v.row["class"] for v in said} | {f["class"] for f, _ in told})
    out = []
    for kind in kinds:
        mine = [v for v in said if v.row["class"] == kind]
        found_as = [(f, real) for f, real in told if f["class"] == kind]
        out.append((kind, len(mine), sum(v.site for v in mine), sum(v.right for v in mine),
                    sum(v.rank == 1 for v in mine), len(found_as),
                    share(sum(real for _, real in found_as), len(found_as))))
    table(("class", "faults", "site found", "and class right", "first", "findings", "of them true"), out)


def confusion(rows, found, name):
    print(f"\n### Class confusion, {name}")
    cells = collections.Counter((v.row["class"], v.finding["class"]) for v in verdicts.verdicts(rows, found) if v.site)
    kinds = sorted({k for pair in cells for k in pair})
    out = [[kind] + [cells[kind, other] or "" for other in kinds] for kind in sorted({a for a, _ in cells})]
    table(["label \\ finding"] + kinds, out)


def false_alarms(rows, found):
    print("\n### False alarms")
    out = []
    for name, some in (("healthy", [r for r in rows if is_negative(r) and not r["service"].endswith("-fixed")]),
                       ("repaired variants", [r for r in rows if is_negative(r) and r["service"].endswith("-fixed")])):
        heard = [f for r in some for f in found.get(r["service"], [])]
        count = collections.Counter(f["severity"] for f in heard)
        noisy = sum(bool(verdicts.loud(found.get(r["service"], []))) for r in some)
        weeks = service_weeks(some)
        out.append((name, len(some), count["error"], count["warning"], count["info"], share(noisy, len(some)),
                    f"{weeks:.1f}", f"{(count['error'] + count['warning']) / weeks:.2f}" if weeks else ""))
    table(("services", "number", "error", "warning", "info", "with an alarm", "service-weeks", "alarms per week"), out)
    ended = [r for r in rows if r["until"]]
    if ended:
        still = sum(any(f["state"] not in ("fixed", "improving") and verdicts.hits(r, f)
                        for f in verdicts.loud(found.get(r["service"], []))) for r in ended)
        print(f"\nFaults that a later build repaired: {len(ended)}; still reported as open: {still}.")


def calibration(rows, found):
    """Caps are policy, so what the evidence alone gives is set against the truth as well."""
    told = verdicts.truth(rows, found)
    for key, words in (("score", "score"), ("uncapped_score", "score before its caps")):
        print(f"\n### Calibration of the {words}")
        out = []
        for low, high in BINS:
            mine = [(f[key], real) for f, _, real in told if low <= (f[key] or 0) < high]
            if mine:
                true = sum(real for _, real in mine)
                out.append((f"{low} to {high - 1}", len(mine), f"{statistics.mean(s for s, _ in mine):.0f}",
                            f"{100 * true / len(mine):.0f} %"))
        table((words, "findings", "mean", "true"), out)


# ------------------------------------------------------------- time and dirt

def watch(rows, root, make, count, program, scratch):
    """What is said of `count` captures: the verdicts, and a row of a table."""
    target = os.path.join(scratch, f"{make.__name__}-{count}")
    make(root, target, rows, count)
    found = verdicts.judge(program, target, target + ".db")
    said = verdicts.verdicts(rows, found)
    loud = [real for f, _, real in verdicts.truth(rows, found) if f["severity"] in verdicts.LOUD]
    heard = [found.get(r["service"], []) for r in rows if is_negative(r)]
    return said, (count, share(sum(v.site for v in said), len(said)), sum(v.right for v in said),
                  share(sum(loud), len(loud)), share(sum(bool(verdicts.loud(f)) for f in heard), len(heard)),
                  sum(any(one["severity"] == "error" for one in f) for f in heard))


def detection_time(rows, root, program, scratch):
    print("\n### Time to detect")
    head = ("faults found", "and class right", "precision", "negatives with an alarm", "with an error")
    first, out = {}, []
    for count in PREFIXES:
        said, row = watch(rows, root, fleets.prefix, count, program, scratch)
        for number, verdict in enumerate(said):
            if verdict.site:
                first.setdefault(number, (count, verdict.row))
        out.append(row)
    table(("captures since the fault began", *head), out)
    when = sorted(count for count, _ in first.values())
    hours = sorted(count * row["step"] / 3600 for count, row in first.values())
    if when:
        print(f"\nOf those ever found: median {statistics.median(when):g} captures ({statistics.median(hours):.1f} h), "
              f"90th percentile {when[int(0.9 * (len(when) - 1))]} captures ({hours[int(0.9 * (len(hours) - 1))]:.1f} h).")
    table(("last captures only", *head),
          [watch(rows, root, fleets.suffix, count, program, scratch)[1] for count in SUFFIXES])


def robustness(rows, root, plain, program, scratch):
    print("\n### Robustness")
    before = [v.site for v in verdicts.verdicts(rows, plain)]
    quiet = {r["service"] for r in rows if is_negative(r)}
    noisy = {s for s in quiet if verdicts.loud(plain.get(s, []))}
    out = []
    for name, make in fleets.DIRTY:
        target = os.path.join(scratch, make.__name__)
        make(root, target)
        found = verdicts.judge(program, target, target + ".db")
        after = [v.site for v in verdicts.verdicts(rows, found)]
        now = {s for s in quiet if verdicts.loud(found.get(s, []))}
        lost = sum(a and not b for a, b in zip(before, after))
        won = sum(b and not a for a, b in zip(before, after))
        out.append((name, lost, won, len(now - noisy), len(noisy - now),
                    share(lost + won + len(now ^ noisy), len(before) + len(quiet))))
    table(("captures", "faults lost", "faults gained", "new alarms", "alarms gone", "verdicts changed"), out)


# ------------------------------------------------------------------ baselines

def compare(rows, root, plain):
    print("\n### Other rules on the same captures")
    by_service = collections.defaultdict(list)
    for row in rows:
        if not row["until"]:
            by_service[row["service"]].append(row)
    homes = {s: [baselines.Instance(d) for d in sorted(glob.glob(os.path.join(root, s, "*")))] for s in by_service}
    out = []
    said = verdicts.verdicts(rows, plain)
    lined = [v for v in said if v.row["places"]]
    noisy = sum(bool(verdicts.loud(plain.get(s, []))) for s, f in by_service.items() if is_negative(f[0]))
    positives = {s: f for s, f in by_service.items() if not is_negative(f[0])}
    named = sum(bool(verdicts.loud(plain.get(s, []))) for s in positives)
    out.append(compare_row("leakledger", named, noisy, by_service, positives,
                           [v.rank for v in lined], len(lined)))
    for name, rule in baselines.RULES:
        fired = noise = 0
        ranks, total = [], 0
        for service, faults in by_service.items():
            fires, places = baselines.ask(rule, homes[service])
            if is_negative(faults[0]):
                noise += fires
                continue
            fired += fires
            for row in faults:
                if row["places"]:
                    total += 1
                    at = [n for n, p in enumerate(places) if p in row["places"]]
                    ranks.append(at[0] + 1 if at else 0)
        out.append(compare_row(name, fired, noise, by_service, positives, ranks, total))
    table(("rule", "faulty services named", "negatives named", "precision", "line found", "rank 1", "rank 3"), out)


def compare_row(name, fired, noise, services, positives, ranks, total):
    negatives = len(services) - len(positives)
    lines = (share(sum(r > 0 for r in ranks), total), share(sum(r == 1 for r in ranks), total),
             share(sum(1 <= r <= 3 for r in ranks), total)) if any(ranks) else ("", "", "")
    return (name, share(fired, len(positives)), share(noise, negatives), share(fired, fired + noise), *lines)


# ------------------------------------------------------------ details and checks

def detail(rows, found):
    print("\n### Faults that were missed or named otherwise")
    for v in verdicts.verdicts(rows, found):
        if not (v.right and v.rank == 1):
            heard = "; ".join(f"{f['severity']} {f['score']} {f['class']} {f['place']}"
                              for f in found.get(v.row["service"], [])[:4]) or "nothing"
            print(f"- {v.row['service']}: {v.row['class']} {' '.join(v.row['places'][:1])}: {heard}")
    print("\n### Findings that are not true")
    for f, row, real in verdicts.truth(rows, found):
        if not real:
            print(f"- {f['service']}: {f['severity']} {f['score']} {f['class']} {f['place']}: {f['summary']}")


def check(rows, root):
    """Every labelled line has to be in the last captures of some instance."""
    bad = 0
    for row in rows:
        places = set()
        for home in glob.glob(os.path.join(root, row["service"], "*")):
            for kind in ("heap", "goroutine", "mutex", "block", "allocs"):
                for path in captures.of_kind(home, kind)[-16:]:
                    if path.endswith(".pb"):
                        places |= captures.all_sites(path)
            for path in sorted(glob.glob(os.path.join(home, "*.txt")), key=captures.unix_time)[-32:]:
                places |= captures.text_sites(path)
        # Where the path of the build is told, the line is below its src.
        if row["places"] and not {row["places"][0], "src/" + row["places"][0]} & places:
            bad += 1
            print(f"{row['service']}: {row['places'][0]} is in none of the last captures")
    print(f"{len(rows)} labels checked, {bad} are not in the captures")
    return bad


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leakledger", default="build/release/leakledger", metavar="FILE")
    parser.add_argument("--part", choices=("calibrate", "opened", "measure"), default="calibrate")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--service", action="append", metavar="NAME")
    args = parser.parse_args()
    if (args.detail or args.service) and args.part == "measure":
        parser.error("that would show what is only to be measured")
    return args


def main():
    args = arguments()
    rows = fleets.labels(args.part)
    if args.service:
        rows = [r for r in rows if r["service"].removesuffix("-fixed") in args.service]
    with tempfile.TemporaryDirectory(prefix="evaluate-") as scratch:
        root = os.path.join(scratch, "set")
        fleets.unpack(args.part, root, args.service)
        if args.check:
            return 1 if check(rows, root) else 0
        program = os.path.abspath(args.leakledger)
        plain = verdicts.judge(program, root, os.path.join(scratch, "plain.db"))
        logs = os.path.join(scratch, "logs")
        fleets.with_logs(root, logs)
        logged = verdicts.judge(program, logs, logs + ".db")
        faults = [r for r in rows if not is_negative(r)]
        print(f"## Part {args.part}: {len(faults)} faults in {len({r['service'] for r in faults})} services, "
              f"{sum(is_negative(r) for r in rows)} services without one")
        headline(rows, plain, logged)
        per_class(rows, plain)
        confusion(rows, plain, "captures only")
        confusion(rows, logged, "with escape log")
        false_alarms(rows, plain)
        calibration(rows, plain)
        if not args.quick:
            detection_time(rows, root, program, scratch)
            robustness(rows, root, plain, program, scratch)
            compare(rows, root, plain)
        if args.detail:
            detail(rows, plain)
    return 0


if __name__ == "__main__":
    sys.exit(main())
