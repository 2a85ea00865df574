# SPDX-License-Identifier: Apache-2.0
"""Small kernels of goroutine faults: one dump each, and what a good answer names.

  kernels.py --leakledger FILE [--set NAME] [--half N] [--detail]   each dump, or pair of dumps, alone
  kernels.py --remake GO [GO...] [--set NAME]                       makes the dumps again; toolchains take turns
  kernels.py --remake GO [GO...] --set NAME --only KERNEL [KERNEL...]  those of some kernels of the fifth set or a later one

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

import reduced

KERNELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "kernels")
ORDER = ("right", "later", "place only", "elsewhere", "silent", "empty", "clean", "hint", "alarm")
# The stamp that a file gets when it is judged: the second set fetches at these seconds of its life.
STAMPS = {"-first": 1795223010, "": 1795223200}
REPAIRED = "-repaired"


# What a program that fetches from its own debug port writes, early and late, and how that is judged.
FETCHED = {"first.pb.gz": "-first.pb.gz", "first-2.txt": "-first-2.txt.gz", "later.pb.gz": ".pb.gz",
           "later-1.txt": "-1.txt.gz", "later-2.txt": "-2.txt.gz", "leak.pb.gz": "-leak.pb.gz",
           "quit.txt": "-quit.txt.gz"}
FETCHED_FORMS = {"pb": [".pb.gz"], "debug=1": ["-1.txt.gz"], "debug=2": ["-2.txt.gz"],
                 "SIGQUIT": ["-quit.txt.gz"], "goroutineleak": ["-leak.pb.gz"],
                 "debug=2 after seconds": ["-first-2.txt.gz"],
                 "two pb, minutes apart": ["-first.pb.gz", ".pb.gz"],
                 "two debug=2, minutes apart": ["-first-2.txt.gz", "-2.txt.gz"]}
# The fourth set is packed as a whole, so that its dumps are not; each fault ran repaired, too.
WHARF = {"first.pb.gz": "-first.pb", "first-2.txt": "-first-2.txt", "second.pb.gz": "-second.pb",
         "later.pb.gz": ".pb", "later-1.txt": "-1.txt", "later-2.txt": "-2.txt", "leak.pb.gz": "-leak.pb",
         "leak-1.txt": "-leak-1.txt", "quit.txt": "-quit.txt"}
WHARF_FORMS = {"pb": [".pb"], "debug=1": ["-1.txt"], "debug=2": ["-2.txt"], "SIGQUIT": ["-quit.txt"],
               "goroutineleak": ["-leak.pb"], "goroutineleak, debug=1": ["-leak-1.txt"],
               "debug=2 after seconds": ["-first-2.txt"], "pb and debug=1": [".pb", "-1.txt"],
               "pb and goroutineleak": [".pb", "-leak.pb"],
               "three pb, a minute apart": ["-first.pb", "-second.pb", ".pb"],
               "two debug=2, minutes apart": ["-first-2.txt", "-2.txt"]}
# The fifth set is run once as each of the things that strangers have.
REDUCED = {"goroutine.pb.gz": ".pb", "goroutine-1.txt": "-1.txt", "goroutine-2.txt": "-2.txt",
           "leak.pb.gz": "-leak.pb", "quit.txt": "-quit.txt"}
REDUCED_FORMS = {"test timed out": ["-timeout.txt"], "all goroutines are asleep": ["-asleep.txt"],
                 "SIGQUIT after minutes": ["-quit.txt"], "pb": [".pb"], "debug=1": ["-1.txt"],
                 "debug=2": ["-2.txt"], "goroutineleak": ["-leak.pb"],
                 "stacks in a test's error": ["-left.txt"], "stacks after all tests": ["-still.txt"]}
# The sixth set has three moments, and what detectors of leaks and package synctest print.
BENCH = {"first.pb.gz": "-first.pb", "second.pb.gz": "-second.pb", "goroutine.pb.gz": ".pb",
         "goroutine-1.txt": "-1.txt", "goroutine-2.txt": "-2.txt", "leak.pb.gz": "-leak.pb",
         "leak-2.txt": "-leak-2.txt", "quit.txt": "-quit.txt"}
BENCH_FORMS = {"test timed out": ["-timeout.txt"], "all goroutines are asleep": ["-asleep.txt"],
               "synctest deadlock": ["-bubble.txt"], "SIGQUIT after minutes": ["-quit.txt"],
               "pb": [".pb"], "debug=1": ["-1.txt"], "debug=2": ["-2.txt"], "goroutineleak": ["-leak.pb"],
               "goroutineleak, debug=2": ["-leak-2.txt"], "pb and goroutineleak": [".pb", "-leak.pb"],
               "three pb, minutes apart": ["-first.pb", "-second.pb", ".pb"],
               "a detector in a test's error": ["-left.txt"], "a detector after all tests": ["-still.txt"]}
# The seventh set has five moments, profiles of contention beside the last one, and each program runs in a busy
# service as well.
FLOCK = {"moment2.pb.gz": "-at20.pb", "moment6.pb.gz": "-at60.pb", "moment11.pb.gz": "-at110.pb",
         "moment15.pb.gz": "-at150.pb", "early-2.txt": "-at20-2.txt", "goroutine.pb.gz": ".pb",
         "goroutine-1.txt": "-1.txt", "goroutine-2.txt": "-2.txt", "leak.pb.gz": "-leak.pb",
         "leak-1.txt": "-leak-1.txt", "block.pb.gz": "-block.pb", "mutex.pb.gz": "-mutex.pb",
         "busy.pb.gz": "-busy.pb", "busy-2.txt": "-busy-2.txt", "quit.txt": "-quit.txt"}
FLOCK_FORMS = {"test timed out": ["-timeout.txt"], "all goroutines are asleep": ["-asleep.txt"],
               "synctest deadlock": ["-bubble.txt"], "SIGQUIT after minutes": ["-quit.txt"],
               "pb": [".pb"], "debug=1": ["-1.txt"], "debug=2": ["-2.txt"],
               "debug=2 after seconds": ["-at20-2.txt"], "goroutineleak": ["-leak.pb"],
               "goroutineleak, debug=1": ["-leak-1.txt"],
               "pb, block and mutex": [".pb", "-block.pb", "-mutex.pb"],
               "three pb, 90 s apart": ["-at20.pb", "-at110.pb", ".pb"],
               "five pb, 45 s apart": ["-at20.pb", "-at60.pb", "-at110.pb", "-at150.pb", ".pb"],
               "pb in a busy service": ["-busy.pb"], "debug=2 in a busy service": ["-busy-2.txt"],
               "stacks in a test's error": ["-left.txt"], "stacks after all tests": ["-still.txt"]}
WHARF_STAMPS = {"-first": 1795223080, "-second": 1795223140, "": 1795223200}
BENCH_STAMPS = {"-first": 1795223020, "-second": 1795223110, "": 1795223200}

FLOCK_STAMPS = {"-at20": 1795223020, "-at60": 1795223060, "-at110": 1795223110, "-at150": 1795223150,
                "": 1795223200}


def read_labels(path):
    """What has to be named first of each kernel, of a set that has such a file."""
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {row[0]: dict(zip(rows[0], row)) for row in rows[1:]}


class Set:
    """A set of kernels: where it is, what one of it writes, after how long, and how its forms are judged."""

    def __init__(self, room, out, seconds, written, forms, stamps=None, switch=None, extras=()):
        self.src = os.path.join(KERNELS, room, "src")
        self.dumps = os.path.join(KERNELS, room, "dumps")
        self.packed = self.dumps + ".tar.zst"
        self.repaired = REPAIRED
        self.labels = read_labels(os.path.join(KERNELS, room, "labels.tsv"))
        self.out, self.seconds, self.written, self.forms = out, seconds, written, forms
        self.stamps, self.switch, self.extras = stamps or STAMPS, switch, extras
        self.module = out.partition("_")[0].lower()
        self.only = []

    def names(self, half=None):
        """All of them, or those that the lot (the digest of the name) put into one half; with those repaired."""
        programs = [n for n in sorted(os.listdir(self.src))
                    if os.path.exists(os.path.join(self.src, n, "main.go"))
                    and half in (None, hashlib.sha256(n.encode()).digest()[0] % 2 + 1)
                    and (not self.only or n in self.only)]
        if not self.switch:
            return programs
        return programs + [n + REPAIRED for n in programs if not n.startswith("ok_")]

    def unpack(self, room):
        if os.path.exists(self.packed):
            subprocess.run(["tar", "--zstd", "-xf", os.path.abspath(self.packed), "-C", room], check=True)
            self.dumps = room

    def pack(self, room):
        os.makedirs(os.path.dirname(self.packed), exist_ok=True)
        # Like beside like: all first profiles, then all second ones.
        files = sorted(os.listdir(room), key=lambda n: (n.rpartition("-")[2], n))
        subprocess.run(["tar", "--sort=none", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0",
                        "-I", "zstd -19 --long=27", "-cf", os.path.abspath(self.packed), *files],
                       cwd=room, check=True)


SETS = {
    "first": Set(
        "", "PROBE_DIR", 20,
        {"goroutine.pb.gz": ".pb.gz", "goroutine-1.txt": "-1.txt.gz", "goroutine-2.txt": "-2.txt.gz",
         "quit.txt": "-quit.txt.gz"},
        {"pb": [".pb.gz"], "debug=1": ["-1.txt.gz"], "debug=2": ["-2.txt.gz"],
         "SIGQUIT": ["-quit.txt.gz"]}),
    "second": Set("second", "FERRY_OUT", 215, FETCHED, FETCHED_FORMS),
    "third": Set("third", "DEPOT_OUT", 232, FETCHED, FETCHED_FORMS),
    "fourth": Set("fourth", "WHARF_OUT", 165, WHARF, WHARF_FORMS, WHARF_STAMPS, "WHARF_REPAIRED"),
    "fifth": Set("fifth", "REDUCED_OUT", 215, REDUCED, REDUCED_FORMS, switch="REDUCED_REPAIRED"),
    "sixth": Set("sixth", "BENCH_OUT", 215, BENCH, BENCH_FORMS, BENCH_STAMPS, "BENCH_REPAIRED",
                 ("bubble", "told", "beside", "pure")),
    "seventh": Set("seventh", "FLOCK_OUT", 215, FLOCK, FLOCK_FORMS, FLOCK_STAMPS, "FLOCK_REPAIRED",
                   ("bubble", "pure", "busy", "vendored")),
}


def expected(kernels, name):
    want = {"lines": set()}
    if name.endswith(REPAIRED):
        return want
    if kernels.labels:
        want.update(kernels.labels.get(name, {}))
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
    file = (finding["file"] or "").replace("_test.go", ".go")
    return any(finding["line"] == line and (file == name or file.endswith("/" + name)) for name, line in lines)


def findings(leakledger, paths):
    with tempfile.TemporaryDirectory() as directory:
        ledger = os.path.join(directory, "x.db")
        for command in (["ingest", "-q", "-d", ledger, *paths], ["analyze", "-q", "-d", ledger]):
            subprocess.run([leakledger, *command], check=True)
        out = subprocess.run([leakledger, "findings", "-d", ledger, "--format", "jsonl"],
                             check=True, capture_output=True, text=True).stdout
        found = [json.loads(line) for line in out.splitlines()]
        return found, not found and lists_nothing(leakledger, ledger)


def lists_nothing(leakledger, ledger):
    """A profile of leaked goroutines may have no stack at all: what a global reaches is not in it."""
    out = subprocess.run([leakledger, "captures", "-d", ledger, "--format", "jsonl"],
                         check=True, capture_output=True, text=True).stdout
    return not any(any((json.loads(line).get("totals") or {}).values()) for line in out.splitlines())


def is_right(finding, want):
    text = " ".join(str(finding.get(k) or "") for k in ("summary", "explanation", "remedy"))
    return (finding["class"] in want["class"].split(",")
            and re.search(want["wait"], finding["wait_reason"] or "")
            and re.search(want["says"], text))


def verdict(kernels, name, found, is_empty):
    want = expected(kernels, name)
    if not want["lines"] and "class" not in want:
        if any(f["severity"] != "info" for f in found):
            return "alarm"
        return "hint" if found else "clean"
    there = [f for f in found if re.search(want.get("function", ""), f["function"] or "")
             and (not want["lines"] or is_there(f, want["lines"]))]
    right = [f for f in there if is_right(f, want)]
    if right:
        return "later" if kernels.labels and right[0] is not found[0] else "right"
    return "place only" if there else "elsewhere" if found else "empty" if is_empty else "silent"


def lay_out(kernels, name, endings, room):
    """The dumps of one form as a collector would have named them, or none if one is missing."""
    paths, room = [], os.path.join(room, name, "pod-1")
    os.makedirs(room)
    for ending in endings:
        stamp = kernels.stamps[max((s for s in kernels.stamps if ending.startswith(s)), key=len)]
        path = os.path.join(kernels.dumps, name + ending)
        if not os.path.exists(path):
            return []
        paths.append(os.path.join(room, f"goroutine{len(paths)}-{stamp}{ending[ending.index('.'):]}"))
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
                result = verdict(kernels, name, *findings(leakledger, [room]))
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
    with open(source, "rb") as file:
        content = file.read()
    if source.endswith(".gz") and not target.endswith(".gz"):
        content = gzip.decompress(content)
    elif target.endswith(".gz") and not source.endswith(".gz"):
        content = gzip.compress(content, 9, mtime=0)
    with open(target, "wb") as file:
        file.write(content)


def environment(go):
    """Go 1.26 has the profile of leaked goroutines behind a switch."""
    version = subprocess.run([go, "env", "GOVERSION"], check=True, capture_output=True, text=True).stdout
    extra = {"GOEXPERIMENT": "goroutineleakprofile"} if version.startswith("go1.26") else {}
    return dict(os.environ, **extra)


def remake(kernels, toolchains):
    with tempfile.TemporaryDirectory() as room:
        target = os.path.join(room, "dumps") if kernels.switch else kernels.dumps
        os.makedirs(target, exist_ok=True)
        if kernels.labels:
            if kernels.only:
                subprocess.run(["tar", "--zstd", "-xf", os.path.abspath(kernels.packed), "-C", target], check=True)
            reduced.remake(kernels, toolchains, room, target, environment, keep)
            kernels.pack(target)
            return
        programs = [n for n in kernels.names() if not n.endswith(REPAIRED)]
        for i, name in enumerate(programs):
            go = toolchains[i % len(toolchains)]
            subprocess.run([go, "build", "-trimpath", "-o", os.path.join(room, name), "./" + name],
                           cwd=kernels.src, env=environment(go), check=True)
        running = []
        for name in kernels.names():
            directory = os.path.join(room, "out", name)
            os.makedirs(directory)
            env = dict(os.environ, **{kernels.out: directory})
            if name.endswith(REPAIRED):
                env[kernels.switch] = "1"
            with open(os.path.join(directory, "quit.txt"), "wb") as log:
                process = subprocess.Popen([os.path.join(room, name.removesuffix(REPAIRED))], cwd=directory,
                                           stdout=subprocess.DEVNULL, stderr=log, env=env)
            running.append((name, directory, process))
        time.sleep(kernels.seconds)
        for _, _, process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGQUIT)
        for name, directory, process in running:
            process.wait()
            for written, ending in kernels.written.items():
                keep(os.path.join(directory, written), os.path.join(target, name + ending))
        if kernels.switch:
            kernels.pack(target)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leakledger", default="build/release/leakledger")
    parser.add_argument("--set", choices=SETS, default="first")
    parser.add_argument("--half", type=int, choices=(1, 2))
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--remake", nargs="+", metavar="GO")
    parser.add_argument("--only", nargs="+", metavar="KERNEL")
    options = parser.parse_args()
    SETS[options.set].only = options.only
    if options.remake:
        remake(SETS[options.set], options.remake)
        return
    kernels = SETS[options.set]
    with tempfile.TemporaryDirectory() as room:
        kernels.unpack(room)
        measure(kernels, os.path.abspath(options.leakledger), options.half, options.detail)


if __name__ == "__main__":
    sys.exit(main())
