# SPDX-License-Identifier: Apache-2.0
"""Small kernels of goroutine faults: one dump each, and what a good answer names.

  kernels.py --leakledger FILE [--set NAME] [--half N] [--detail]   each dump, or pair of dumps, alone
  kernels.py --remake GO [GO...] [--set NAME]                       makes the dumps again; toolchains take turns

What is expected stands in each source: "// expect none", or "// expect class=A,B wait=RE says=RE",
and "// <- here" behind each line that an engineer would look at.
"""
import argparse
import collections
import glob
import gzip
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KERNELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "kernels")
ORDER = ("right", "place only", "elsewhere", "silent", "clean", "hint", "alarm")
# The stamp that a file gets when it is judged: the second set fetches at these seconds of its life.
EARLY, LATE = 1795223010, 1795223200


# What a program that fetches from its own debug port writes, early and late, and how that is judged.
FETCHED = {"first.pb.gz": "-first.pb.gz", "first-2.txt": "-first-2.txt.gz", "later.pb.gz": ".pb.gz",
           "later-1.txt": "-1.txt.gz", "later-2.txt": "-2.txt.gz", "leak.pb.gz": "-leak.pb.gz",
           "quit.txt": "-quit.txt.gz"}
FETCHED_FORMS = {"pb": [".pb.gz"], "debug=1": ["-1.txt.gz"], "debug=2": ["-2.txt.gz"],
                 "SIGQUIT": ["-quit.txt.gz"], "goroutineleak": ["-leak.pb.gz"],
                 "debug=2 after seconds": ["-first-2.txt.gz"],
                 "two pb, minutes apart": ["-first.pb.gz", ".pb.gz"],
                 "two debug=2, minutes apart": ["-first-2.txt.gz", "-2.txt.gz"]}


class Set:
    """A set of kernels: where it is, what one of it writes, after how long, and how its forms are judged."""

    def __init__(self, room, out, seconds, written, forms):
        self.src = os.path.join(KERNELS, room, "src")
        self.dumps = os.path.join(KERNELS, room, "dumps")
        self.out, self.seconds, self.written, self.forms = out, seconds, written, forms

    def names(self, half=None):
        """All of them, or those that the lot (the digest of the name) put into one half."""
        return [n for n in sorted(os.listdir(self.src))
                if os.path.exists(os.path.join(self.src, n, "main.go"))
                and half in (None, hashlib.sha256(n.encode()).digest()[0] % 2 + 1)]


SETS = {
    "first": Set(
        "", "PROBE_DIR", 20,
        {"goroutine.pb.gz": ".pb.gz", "goroutine-1.txt": "-1.txt.gz", "goroutine-2.txt": "-2.txt.gz",
         "quit.txt": "-quit.txt.gz"},
        {"pb": [".pb.gz"], "debug=1": ["-1.txt.gz"], "debug=2": ["-2.txt.gz"],
         "SIGQUIT": ["-quit.txt.gz"]}),
    "second": Set("second", "FERRY_OUT", 215, FETCHED, FETCHED_FORMS),
    "third": Set("third", "DEPOT_OUT", 232, FETCHED, FETCHED_FORMS),
}


def expected(kernels, name):
    want = {"lines": set()}
    for source in sorted(glob.glob(os.path.join(kernels.src, name, "**", "*.go"), recursive=True)):
        file = os.path.relpath(source, kernels.src)
        with open(source, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.startswith("// expect "):
                    want.update(re.findall(r"(\w+)=(\S.*?)(?= \w+=|$)", line.strip()))
                if "// <- here" in line:
                    want["lines"].add((file, number))
    return want


def is_there(finding, lines):
    file = finding["file"] or ""
    return any(finding["line"] == line and (file == name or file.endswith("/" + name)) for name, line in lines)


def findings(leakledger, paths):
    with tempfile.TemporaryDirectory() as directory:
        ledger = os.path.join(directory, "x.db")
        for command in (["ingest", "-q", "-d", ledger, *paths], ["analyze", "-q", "-d", ledger]):
            subprocess.run([leakledger, *command], check=True)
        out = subprocess.run([leakledger, "findings", "-d", ledger, "--format", "jsonl"],
                             check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def verdict(kernels, name, found):
    want = expected(kernels, name)
    if not want["lines"]:
        if any(f["severity"] != "info" for f in found):
            return "alarm"
        return "hint" if found else "clean"
    there = [f for f in found if is_there(f, want["lines"])]
    for f in there:
        text = " ".join(str(f.get(k) or "") for k in ("summary", "explanation", "remedy"))
        if (f["class"] in want["class"].split(",")
                and re.search(want["wait"], f["wait_reason"] or "")
                and re.search(want["says"], text)):
            return "right"
    return "place only" if there else "elsewhere" if found else "silent"


def lay_out(kernels, name, endings, room):
    """The dumps of one form as a collector would have named them, or none if one is missing."""
    paths, room = [], os.path.join(room, name, "pod-1")
    os.makedirs(room)
    for ending in endings:
        stamp = EARLY if "-first" in ending else LATE
        path = os.path.join(kernels.dumps, name + ending)
        if not os.path.exists(path):
            return []
        paths.append(os.path.join(room, f"goroutine-{stamp}{ending[ending.rindex('.', 0, -3):]}"))
        shutil.copy(path, paths[-1])
    return paths


def measure(kernels, leakledger, half, detail):
    table = collections.Counter()
    for form, endings in kernels.forms.items():
        for name in kernels.names(half):
            with tempfile.TemporaryDirectory() as room:
                paths = lay_out(kernels, name, endings, room)
                if not paths:
                    continue
                result = verdict(kernels, name, findings(leakledger, [room]))
            table[form, result] += 1
            if detail and result not in ("right", "clean"):
                print(f"{name} {form}: {result}")
    print("| captures of one program | " + " | ".join(ORDER) + " |")
    print("|---|" + "--:|" * len(ORDER))
    for form in kernels.forms:
        print(f"| {form} | " + " | ".join(str(table[form, r] or "") for r in ORDER) + " |")


def keep(source, target):
    if not os.path.exists(source) or not os.path.getsize(source):
        return
    if source.endswith(".gz"):
        shutil.copyfile(source, target)
        return
    with open(source, "rb") as text, open(target, "wb") as out:
        out.write(gzip.compress(text.read(), 9, mtime=0))


def environment(go):
    """Go 1.26 has the profile of leaked goroutines behind a switch."""
    version = subprocess.run([go, "env", "GOVERSION"], check=True, capture_output=True, text=True).stdout
    extra = {"GOEXPERIMENT": "goroutineleakprofile"} if version.startswith("go1.26") else {}
    return dict(os.environ, **extra)


def remake(kernels, toolchains):
    os.makedirs(kernels.dumps, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        running = []
        for i, name in enumerate(kernels.names()):
            program = os.path.join(room, name)
            go = toolchains[i % len(toolchains)]
            subprocess.run([go, "build", "-trimpath", "-o", program, "./" + name],
                           cwd=kernels.src, env=environment(go), check=True)
            directory = os.path.join(room, "out", name)
            os.makedirs(directory)
            with open(os.path.join(directory, "quit.txt"), "wb") as log:
                process = subprocess.Popen([program], cwd=directory, stdout=subprocess.DEVNULL,
                                           stderr=log, env=dict(os.environ, **{kernels.out: directory}))
            running.append((name, directory, process))
        time.sleep(kernels.seconds)
        for _, _, process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGQUIT)
        for name, directory, process in running:
            process.wait()
            for written, ending in kernels.written.items():
                keep(os.path.join(directory, written), os.path.join(kernels.dumps, name + ending))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leakledger", default="build/release/leakledger")
    parser.add_argument("--set", choices=SETS, default="first")
    parser.add_argument("--half", type=int, choices=(1, 2))
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--remake", nargs="+", metavar="GO")
    options = parser.parse_args()
    if options.remake:
        remake(SETS[options.set], options.remake)
    else:
        measure(SETS[options.set], os.path.abspath(options.leakledger), options.half,
                options.detail)


if __name__ == "__main__":
    sys.exit(main())
