# SPDX-License-Identifier: Apache-2.0
"""Puts findings beside labels."""
import collections
import json
import subprocess

import captures

LOUD = ("warning", "error")
ORDER = {"error": 0, "warning": 1, "info": 2}


def judge(program, root, ledger):
    """Runs leakledger over a directory; returns {service: [finding, ...]}, the loudest first."""
    for command, good in ((["ingest", root], (0, 3)), (["analyze"], (0,))):
        done = subprocess.run([program, *command, "-q", "-d", ledger], capture_output=True, text=True, check=False)
        if done.returncode not in good:
            raise SystemExit(f"evaluate: {command[0]} ended with {done.returncode}: {done.stderr[-1000:]}")
    done = subprocess.run([program, "findings", "-d", ledger, "--format", "jsonl"],
                          capture_output=True, text=True, check=True)
    found = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        if finding["look"]:  # no finding, and its score no probability
            continue
        finding["place"] = captures.place(finding["file"] or "", finding["line"] or 0)
        found[finding["service"]].append(finding)
    for several in found.values():
        several.sort(key=lambda f: (ORDER.get(f["severity"], 3), -(f["score"] or 0), f["place"]))
    return found


def loud(findings):
    return [f for f in findings if f["severity"] in LOUD]


def hits(row, finding):
    """Is the finding about this fault? Where the fault has no line, the class has to do."""
    if row["places"]:
        return finding["place"] in row["places"]
    return finding["class"] == row["class"]


def exact(row, finding):
    """Does it name the very line of the label, not only one that is accepted?"""
    return not row["places"] or finding["place"] == row["places"][0]


class Verdict:
    """What was said of one fault."""

    def __init__(self, row, findings, others):
        self.row = row
        ranked = [f for f in loud(findings) if not any(hits(o, f) for o in others)]
        matches = [n for n, f in enumerate(ranked) if hits(row, f)]
        self.rank = matches[0] + 1 if matches else 0
        # What grows at an accepted line may rightly be of another class: the very line decides.
        very = [n for n in matches if exact(row, ranked[n])]
        self.finding = ranked[(very or matches)[0]] if matches else None

    @property
    def site(self):
        return self.rank > 0

    @property
    def right(self):
        return self.site and self.finding["class"] == self.row["class"]


def verdicts(rows, found):
    """One Verdict for each fault that is still there when the captures end."""
    out = []
    by_service = collections.defaultdict(list)
    for row in rows:
        by_service[row["service"]].append(row)
    for service, faults in by_service.items():
        for row in faults:
            if row["class"] != "none" and not row["until"]:
                out.append(Verdict(row, found.get(service, []), [o for o in faults if o is not row]))
    return out


def truth(rows, found):
    """[(finding, row, is it true?)] of every finding; those of repaired faults are left out."""
    out = []
    by_service = collections.defaultdict(list)
    for row in rows:
        by_service[row["service"]].append(row)
    for service, several in found.items():
        faults = by_service[service]
        if any(r["until"] for r in faults):
            continue
        for finding in several:
            real = any(r["class"] != "none" and hits(r, finding) for r in faults)
            out.append((finding, faults[0] if faults else None, real))
    return out
