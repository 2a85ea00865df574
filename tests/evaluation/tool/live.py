#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the services of src/quay or src/orchard in real time, all at once, and packs what they hand in.

  live.py --go-root DIR [--source orchard] [--minutes 14] [--only SERVICE]...

DIR holds 1.21, go1.21 or go-1.21 ... live.tsv says in which source tree a service is, which toolchain builds it,
what is fetched from it how often, and what is wrong with it. Faulty services run a second time with -strict, which
repairs them. Options of a row:
  restart  stopped and started again before the middle
  deploy   the same, and what is stopped is an older version: another binary, run with -strict
  trim     built with -trimpath
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
SOURCES = ("quay", "orchard")  # src/NAME is module example.net/NAME
# What is fetched, as what it is stored, and under which name.
KINDS = {"heap": ("/debug/pprof/heap", "heap-{}.pb"), "heap1": ("/debug/pprof/heap?debug=1", "heap-debug1-{}.txt"),
         "gor": ("/debug/pprof/goroutine", "goroutine-{}.pb"),
         "gor1": ("/debug/pprof/goroutine?debug=1", "goroutine-debug1-{}.txt"),
         "gor2": ("/debug/pprof/goroutine?debug=2", "goroutine-debug2-{}.txt"),
         "mutex": ("/debug/pprof/mutex", "mutex-{}.pb"), "thread": ("/debug/pprof/threadcreate", "threadcreate-{}.pb"),
         "vars": ("/debug/vars", "vars-{}.json"), "metrics": ("/metrics", "metrics-{}.prom"),
         "status": (None, "status-{}.txt")}
# No profile shows who calls mmap, malloc or the collector, so there is no line to name.
UNSEEN = ("offheap", "forced-gc")


def source_of(row):
    return os.path.join(HERE, "src", row["source"])


def work_of(source):
    return f"/tmp/{source}-w"


def built_at(source):
    """Takes the place of work_of() in captures, and is as long."""
    return f"/build/{source}"


def fleet(source, only):
    with open(os.path.join(HERE, "live.tsv"), newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    return [r for r in rows if r["source"] == source and (not only or r["service"] in only)]


def options(row):
    return row["options"].split(",")


def build(row, go, work, older=False):
    """The tree is copied, so that paths in captures do not tell of this one."""
    root = os.path.join(work, "src")
    shutil.copytree(source_of(row), root, dirs_exist_ok=True)
    mod = os.path.join(root, row["go"] + ".mod")
    with open(mod, "w") as f:
        f.write(f"module example.net/{row['source']}\n\ngo {row['go']}\n")
    binary = os.path.join(work, "bin", "older" if older else "", row["service"])
    env = dict(os.environ, GOFLAGS="-mod=mod", GOTOOLCHAIN="local", CGO_ENABLED="1")
    words = [go, "build", "-modfile=" + mod, "-o", binary] + ["-trimpath"] * ("trim" in options(row))
    words += ["-ldflags=-X main.older=true"] * older  # for another build id
    subprocess.run(words + ["./" + row["service"]], cwd=root, env=env, check=True)
    return binary


def environment(row, fixed):
    """'// env:' and '// fixed-env:' in the source."""
    with open(os.path.join(source_of(row), row["service"], "main.go")) as f:
        told = dict(re.findall(r"^// (env|fixed-env): (.*)$", f.read(), re.M))
    words = told.get("fixed-env", told.get("env", "")) if fixed else told.get("env", "")
    env = dict(os.environ, **dict(word.split("=", 1) for word in words.split()))
    if "gctrace" in row["kinds"]:
        env["GODEBUG"] = "gctrace=1"
    return env


class Run:
    """One instance of a service, fetched from until the time is over."""

    def __init__(self, row, binary, older, fixed, number, port, top, until):
        self.row, self.binary, self.older = row, binary, older
        self.fixed, self.number, self.port = fixed, number, port
        self.name = row["service"] + ("-fixed" if fixed else "")
        self.place = os.path.join(top, self.name, f"{row['service']}-{number}")
        self.until, self.begun, self.taken = until, time.time(), 0
        os.makedirs(self.place)
        log = f"gctrace-{int(until)}.log" if "gctrace" in row["kinds"] else None
        self.log = open(os.path.join(self.place, log) if log else os.devnull, "ab")

    def start(self, seed, strict, older=False):
        words = [self.older if older else self.binary, "-addr", f"127.0.0.1:{self.port}", "-seed", str(seed)]
        words += ["-strict"] * strict
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
        step, deploy = remake.seconds(self.row["every"]), "deploy" in options(self.row)
        process = self.start(self.number + 3, self.fixed or deploy, deploy)
        swap = self.until
        if deploy or "restart" in options(self.row):
            swap = self.begun + 0.45 * (self.until - self.begun)
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
            try:
                self.fetch(process)
            except OSError as error:
                print(f"{self.name}: {error}", flush=True)
            due += step
        process.terminate()
        process.wait()


def stand_in(top, source):
    """The path of the build is that of a deployment."""
    for path in glob.glob(os.path.join(top, "*", "*", "*")):
        with open(path, "rb") as f:
            content = f.read()
        with open(path, "wb") as f:
            f.write(content.replace(work_of(source).encode(), built_at(source).encode()))


def labels(row, taken, fixed):
    """Lines from the marks '// @leak' and '// @also'; what keeps a text of kit.Text itself may be told by its line."""
    base = {"part": row["part"], "service": row["service"] + ("-fixed" if fixed else ""), "class": "none", "go": row["go"],
            "instances": 1 if fixed else row["instances"], "captures": taken, "every": row["every"], "note": row["note"]}
    if fixed or row["class"] == "none":
        return base
    leak, also = marks(row)
    if row["class"] in UNSEEN:
        leak = []
    file, line = leak[0].rsplit(":", 1) if leak else ("", "")
    return dict(base, **{"class": row["class"], "function": row["function"], "file": file, "line": line,
                         "wait_reason": row["wait"], "accepted": " ".join(leak[1:] + (also if leak else []))})


def marks(row):
    top, leak, also = source_of(row), [], []
    for path in sorted(glob.glob(os.path.join(top, row["service"], "**", "*.go"), recursive=True)):
        inner = os.path.relpath(path, top)
        with open(path) as f:
            for number, line in enumerate(f, 1):
                # Files of package main have no import path before them.
                names = [f"src/{inner}:{number}", f"{inner}:{number}"]
                if inner.count("/") > 1 or "trim" in options(row):
                    names.reverse()
                if "// @leak" in line:
                    leak += names
                elif "// @also" in line:
                    also += names
                if "// @" in line and re.search(r"(?<!\[\]byte\()app\.Text\(", line):
                    also.append("kit/kit.go:" + text_line(top))
    return leak, also


def text_line(top):
    with open(os.path.join(top, "kit", "kit.go")) as f:
        return str(next(n for n, line in enumerate(f, 1) if "return string(b)" in line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--go-root", action="append", required=True)
    parser.add_argument("--source", choices=SOURCES, default=SOURCES[0])
    parser.add_argument("--only", action="append")
    parser.add_argument("--minutes", type=float, default=14)
    args = parser.parse_args()
    work = work_of(args.source)
    os.mkdir(work)
    top, rows, binaries, older = os.path.join(work, "captures"), fleet(args.source, args.only), {}, {}
    for row in rows:
        go = remake.find_go(row["go"], args.go_root)
        binaries[row["service"]] = build(row, go, work)
        older[row["service"]] = build(row, go, work, True) if "deploy" in options(row) else None
    until, runs = time.time() + 60 * args.minutes, []
    for row in rows:
        for fixed in [False] if row["class"] == "none" else [False, True]:
            for number in range(1 if fixed else int(row["instances"])):
                port, name = 21000 + len(runs), row["service"]
                runs.append(Run(row, binaries[name], older[name], fixed, number, port, top, until))
    threads = [threading.Thread(target=r.run) for r in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stand_in(top, args.source)
    for run in runs:
        if run.number == 0:
            remake.pack(top, run.name, run.row["part"])
    remake.write_labels([labels(r.row, r.taken, r.fixed) for r in runs if r.number == 0])


if __name__ == "__main__":
    main()
