#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the services of src/quay in real time, all at once, and packs what they hand in.

  live.py --go-root DIR [--minutes 14]     DIR holds 1.21, go1.21 or go-1.21 ...

live.tsv says which toolchain builds each service, what is fetched from it how often, and what is wrong with it.
Faulty services run a second time with -strict, which repairs them. A service with "restart" is stopped and started
again before the middle; gogcbump and okdeploy begin as their older version, which -strict is.
"""
import argparse
import csv
import glob
import gzip
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOADER = importlib.machinery.SourceFileLoader("remake", os.path.join(HERE, "remake"))
remake = importlib.util.module_from_spec(importlib.util.spec_from_loader("remake", LOADER))
LOADER.exec_module(remake)
SOURCE = os.path.join(HERE, "src", "quay")
WORK = "/tmp/quay-w"
BUILT_AT = b"/build/quay"  # takes the place of WORK in captures, and is as long
# What is fetched, as what it is stored, and under which name.
KINDS = {"heap": ("/debug/pprof/heap", "heap-{}.pb"), "heap1": ("/debug/pprof/heap?debug=1", "heap-debug1-{}.txt"),
         "gor": ("/debug/pprof/goroutine", "goroutine-{}.pb"),
         "gor1": ("/debug/pprof/goroutine?debug=1", "goroutine-debug1-{}.txt"),
         "gor2": ("/debug/pprof/goroutine?debug=2", "goroutine-debug2-{}.txt"),
         "mutex": ("/debug/pprof/mutex", "mutex-{}.pb"), "thread": ("/debug/pprof/threadcreate", "threadcreate-{}.pb"),
         "vars": ("/debug/vars", "vars-{}.json"), "metrics": ("/metrics", "metrics-{}.prom"),
         "status": (None, "status-{}.txt")}
OLDER_FIRST = ("gogcbump", "okdeploy")
# No profile shows who calls mmap, malloc or the collector, so there is no line to name.
UNSEEN = ("offheap", "forced-gc")


def fleet():
    with open(os.path.join(HERE, "live.tsv"), newline="") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def build(row, go, work):
    """The tree is copied, so that paths in captures do not tell of this one."""
    root = os.path.join(work, "src")
    shutil.copytree(SOURCE, root, dirs_exist_ok=True)
    mod = os.path.join(root, row["go"] + ".mod")
    with open(mod, "w") as f:
        f.write(f"module example.net/quay\n\ngo {row['go']}\n")
    binary = os.path.join(work, "bin", row["service"])
    env = dict(os.environ, GOFLAGS="-mod=mod", GOTOOLCHAIN="local", CGO_ENABLED="1")
    subprocess.run([go, "build", "-modfile=" + mod, "-o", binary, "./" + row["service"]], cwd=root, env=env, check=True)
    return binary


def environment(row, fixed):
    """'// env:' and '// fixed-env:' in the source."""
    with open(os.path.join(SOURCE, row["service"], "main.go")) as f:
        told = dict(re.findall(r"^// (env|fixed-env): (.*)$", f.read(), re.M))
    words = told.get("fixed-env", told.get("env", "")) if fixed else told.get("env", "")
    env = dict(os.environ, **dict(word.split("=", 1) for word in words.split()))
    if "gctrace" in row["kinds"]:
        env["GODEBUG"] = "gctrace=1"
    return env


class Run:
    """One instance of a service, fetched from until the time is over."""

    def __init__(self, row, binary, fixed, number, port, top, until):
        self.row, self.binary, self.fixed, self.number, self.port = row, binary, fixed, number, port
        self.name = row["service"] + ("-fixed" if fixed else "")
        self.place = os.path.join(top, self.name, f"{row['service']}-{number}")
        self.until, self.begun, self.taken = until, time.time(), 0
        os.makedirs(self.place)
        log = f"gctrace-{int(until)}.log" if "gctrace" in row["kinds"] else None
        self.log = open(os.path.join(self.place, log) if log else os.devnull, "ab")

    def start(self, seed, strict):
        words = [self.binary, "-addr", f"127.0.0.1:{self.port}", "-seed", str(seed)] + (["-strict"] if strict else [])
        return subprocess.Popen(words, env=environment(self.row, self.fixed), stdout=self.log, stderr=self.log)

    def fetch(self, process):
        now = int(time.time())
        for kind in self.row["kinds"].split(","):
            if kind not in KINDS:
                continue
            path, name = KINDS[kind]
            if path:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                    content = answer.read()
            else:
                with open(f"/proc/{process.pid}/status", "rb") as f:
                    content = f.read()
            with open(os.path.join(self.place, name.format(now)), "wb") as f:
                f.write(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
        self.taken += 1

    def run(self):
        service, step = self.row["service"], remake.seconds(self.row["every"])
        process = self.start(self.number + 3, self.fixed or service in OLDER_FIRST)
        swap = self.begun + 0.45 * (self.until - self.begun) if self.row["restart"] else self.until
        due = time.time() + 8
        while True:
            time.sleep(max(0, min(due, self.until) - time.time()))
            if time.time() >= self.until or process.poll() is not None:
                break
            if time.time() > swap:
                process.terminate()
                process.wait()
                process, swap = self.start(self.number + 11, self.fixed), self.until
                time.sleep(8)
            self.fetch(process)
            due += step
        process.terminate()
        process.wait()


def stand_in(top):
    """The path of the build is that of a deployment."""
    for path in glob.glob(os.path.join(top, "*", "*", "*")):
        with open(path, "rb") as f:
            content = f.read()
        with open(path, "wb") as f:
            f.write(content.replace(WORK.encode(), BUILT_AT))


def labels(row, taken, fixed):
    """Lines from the marks '// @leak' and '// @also'; what keeps a text of kit.Text itself may be told by its line."""
    base = {"part": row["part"], "service": row["service"] + ("-fixed" if fixed else ""), "class": "none", "go": row["go"],
            "instances": 1 if fixed else row["instances"], "captures": taken, "every": row["every"], "note": row["note"]}
    if fixed or row["class"] == "none":
        return base
    leak, also = [], []
    for path in sorted(glob.glob(os.path.join(SOURCE, row["service"], "**", "*.go"), recursive=True)):
        inner = os.path.relpath(path, SOURCE)
        with open(path) as f:
            for number, line in enumerate(f, 1):
                # Files of package main have no import path before them.
                names = [f"src/{inner}:{number}", f"{inner}:{number}"]
                if inner.count("/") > 1:
                    names.reverse()
                if "// @leak" in line:
                    leak += names
                elif "// @also" in line:
                    also += names
                if "// @" in line and re.search(r"(?<!\[\]byte\()app\.Text\(", line):
                    also.append("kit/kit.go:" + text_line())
    if row["class"] in UNSEEN:
        leak = []
    file, line = leak[0].rsplit(":", 1) if leak else ("", "")
    return dict(base, **{"class": row["class"], "file": file, "line": line, "wait_reason": row["wait"],
                         "accepted": " ".join(leak[1:] + (also if leak else []))})


def text_line():
    with open(os.path.join(SOURCE, "kit", "kit.go")) as f:
        return str(next(n for n, line in enumerate(f, 1) if "return string(b)" in line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--go-root", action="append", required=True)
    parser.add_argument("--minutes", type=float, default=14)
    args = parser.parse_args()
    os.mkdir(WORK)
    top, rows = os.path.join(WORK, "captures"), fleet()
    binaries = {r["service"]: build(r, remake.find_go(r["go"], args.go_root), WORK) for r in rows}
    until, runs = time.time() + 60 * args.minutes, []
    for row in rows:
        for fixed in [False] if row["class"] == "none" else [False, True]:
            for number in range(1 if fixed else int(row["instances"])):
                port = 21000 + len(runs)
                runs.append(Run(row, binaries[row["service"]], fixed, number, port, top, until))
    threads = [threading.Thread(target=r.run) for r in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stand_in(top)
    for run in runs:
        if run.number == 0:
            remake.pack(top, run.name, run.row["part"])
    remake.write_labels([labels(r.row, r.taken, r.fixed) for r in runs if r.number == 0])


if __name__ == "__main__":
    main()
