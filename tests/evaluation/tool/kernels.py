# SPDX-License-Identifier: Apache-2.0
"""Small kernels of goroutine faults: one dump each, and what a good answer names.

  kernels.py --leakledger FILE [--detail]   each dump alone, and all of a form as one fleet
  kernels.py --remake GO [GO...]            makes the dumps again; toolchains take turns

What is expected stands in each source: "// expect none", or "// expect class=A,B wait=RE says=RE",
and "// <- here" behind each line that an engineer would look at.
"""
import argparse
import collections
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "kernels")
FORMS = {"pb": ".pb.gz", "debug=1": "-1.txt.gz", "debug=2": "-2.txt.gz", "SIGQUIT": "-quit.txt.gz"}
ORDER = ("right", "place only", "elsewhere", "silent", "clean", "hint", "alarm")


def sources():
    src = os.path.join(HERE, "src")
    return [n for n in sorted(os.listdir(src)) if os.path.exists(os.path.join(src, n, "main.go"))]


def expected(name):
    want = {"lines": set()}
    with open(os.path.join(HERE, "src", name, "main.go"), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("// expect "):
                want.update(re.findall(r"(\w+)=(\S.*?)(?= \w+=|$)", line.strip()))
            if "// <- here" in line:
                want["lines"].add(number)
    return want


def findings(leakledger, paths):
    with tempfile.TemporaryDirectory() as directory:
        ledger = os.path.join(directory, "x.db")
        for command in (["ingest", "-q", "-d", ledger, *paths], ["analyze", "-q", "-d", ledger]):
            subprocess.run([leakledger, *command], check=True)
        out = subprocess.run([leakledger, "findings", "-d", ledger, "--format", "jsonl"],
                             check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def verdict(name, found):
    want = expected(name)
    if not want["lines"]:
        if any(f["severity"] != "info" for f in found):
            return "alarm"
        return "hint" if found else "clean"
    there = [f for f in found
             if (f["file"] or "").endswith(name + "/main.go") and f["line"] in want["lines"]]
    for f in there:
        text = " ".join(str(f.get(k) or "") for k in ("summary", "explanation", "remedy"))
        if (f["class"] in want["class"].split(",")
                and re.search(want["wait"], f["wait_reason"] or "")
                and re.search(want["says"], text)):
            return "right"
    return "place only" if there else "elsewhere" if found else "silent"


def measure(leakledger, detail):
    table = collections.Counter()
    for form, ending in FORMS.items():
        for name in sources():
            path = os.path.join(HERE, "dumps", name + ending)
            if not os.path.exists(path):
                continue
            result = verdict(name, findings(leakledger, [path]))
            table[form, result] += 1
            if detail and result not in ("right", "clean"):
                print(f"{name} {form}: {result}")
    print("| one dump | " + " | ".join(ORDER) + " |")
    print("|---|" + "--:|" * len(ORDER))
    for form in FORMS:
        print(f"| {form} | " + " | ".join(str(table[form, r] or "") for r in ORDER) + " |")


def keep(source, target):
    if os.path.exists(source) and os.path.getsize(source):
        with open(source, "rb") as text, open(target, "wb") as out:
            out.write(gzip.compress(text.read(), 9, mtime=0))


def remake(toolchains):
    dumps = os.path.join(HERE, "dumps")
    os.makedirs(dumps, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        running = []
        for i, name in enumerate(sources()):
            program = os.path.join(room, name)
            subprocess.run([toolchains[i % len(toolchains)], "build", "-trimpath", "-o", program,
                            "./" + name], cwd=os.path.join(HERE, "src"), check=True)
            directory = os.path.join(room, "out", name)
            os.makedirs(directory)
            with open(os.path.join(directory, "quit.txt"), "wb") as log:
                process = subprocess.Popen([program], cwd=directory, stdout=subprocess.DEVNULL,
                                           stderr=log, env=dict(os.environ, PROBE_DIR=directory))
            running.append((name, directory, process))
        time.sleep(20)
        for _, _, process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGQUIT)
        for name, directory, process in running:
            process.wait()
            source, target = os.path.join(directory, ""), os.path.join(dumps, name)
            if os.path.exists(source + "goroutine.pb.gz"):
                os.replace(source + "goroutine.pb.gz", target + ".pb.gz")
            keep(source + "goroutine-1.txt", target + "-1.txt.gz")
            keep(source + "goroutine-2.txt", target + "-2.txt.gz")
            keep(source + "quit.txt", target + "-quit.txt.gz")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leakledger", default="build/release/leakledger")
    parser.add_argument("--detail", action="store_true")
    parser.add_argument("--remake", nargs="+", metavar="GO")
    options = parser.parse_args()
    if options.remake:
        remake(options.remake)
    else:
        measure(os.path.abspath(options.leakledger), options.detail)


if __name__ == "__main__":
    sys.exit(main())
