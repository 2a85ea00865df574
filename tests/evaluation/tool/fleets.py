# SPDX-License-Identifier: Apache-2.0
"""Unpacks the set and makes the dirty variants of it, by hard links where nothing changes."""
import calendar
import csv
import glob
import os
import random
import subprocess
import time

import captures

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
ERROR_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>upstream timed out</body></html>\n"


def seconds(text):
    return int(float(text[:-1]) * SECONDS[text[-1]])


def labels(part):
    with open(os.path.join(HERE, "labels.tsv"), newline="") as f:
        rows = [r for r in csv.DictReader(f, delimiter="\t") if r["part"] == part]
    for row in rows:
        row["places"] = [f"{row['file']}:{row['line']}"] if row["file"] else []
        row["places"] += row["accepted"].split()
        row["step"] = seconds(row["every"])
    return rows


def unpack(part, root, only=None):
    """One directory per service, of those in `only` if given; escape logs wait beside the root."""
    os.makedirs(root)
    for archive in sorted(glob.glob(os.path.join(HERE, "set", part, "*.tar.zst"))):
        if only and os.path.basename(archive).split(".")[0].removesuffix("-fixed") not in only:
            continue
        plain = subprocess.run(["zstd", "-dc", "--long=27", archive], stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["tar", "-C", root, "-xf", "-"], input=plain, check=True)
    logs = root + ".escape"
    os.makedirs(logs)
    for log in glob.glob(os.path.join(HERE, "set", part, "*.escape.zst")):
        target = os.path.join(logs, os.path.basename(log)[:-len(".zst")])
        subprocess.run(["zstd", "-dq", log, "-o", target], check=True)


def files(root):
    return sorted(glob.glob(os.path.join(root, "*", "*", "*")))


def link(path, root, target, name=None):
    place = os.path.join(target, os.path.relpath(os.path.dirname(path), root))
    os.makedirs(place, exist_ok=True)
    os.link(path, os.path.join(place, name or os.path.basename(path)))


def whole(root, target):
    for path in files(root):
        link(path, root, target)


def with_logs(root, target):
    """The captures, and the compiler's log of each service beside its instances."""
    whole(root, target)
    for service in os.listdir(target):
        name = service[:-len("-fixed")] if service.endswith("-fixed") else service
        log = os.path.join(root + ".escape", name + ".escape")
        if os.path.exists(log):
            place = os.path.join(target, service, "build")
            os.makedirs(place)
            os.link(log, os.path.join(place, "escape.log"))


def prefix(root, target, rows, count):
    """What there was `count` intervals after the fault came in (or after the start)."""
    until = {}
    for row in rows:
        start = row["since"] and captures_since(row["since"])
        if not start:
            times = [captures.unix_time(p) for p in glob.glob(os.path.join(root, row["service"], "*", "*"))]
            start = min(times, default=0) - row["step"]
        until[row["service"]] = start + (count + 0.5) * row["step"]
    for path in files(root):
        service = os.path.relpath(path, root).split(os.sep)[0]
        if captures.unix_time(path) <= until[service]:
            link(path, root, target)


def suffix(root, target, rows, count):
    """The last `count` intervals only: a watch that began late, of a process that is old."""
    step = {row["service"]: row["step"] for row in rows}
    of = {path: os.path.relpath(path, root).split(os.sep)[0] for path in files(root)}
    last = {}
    for path, service in of.items():
        last[service] = max(last.get(service, 0), captures.unix_time(path))
    for path, service in of.items():
        if captures.unix_time(path) > last[service] - (count - 0.5) * step[service]:
            link(path, root, target)


def captures_since(stamp):
    return calendar.timegm(time.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ"))


def dropped(root, target):
    """Three of ten files are missing."""
    rng = random.Random(30)
    for path in files(root):
        if rng.random() >= 0.3:
            link(path, root, target)


def mixed(root, target):
    """The captures of all instances of a service under the name of one."""
    for path in files(root):
        service, instance, name = os.path.relpath(path, root).split(os.sep)
        first = sorted(os.listdir(os.path.join(root, service)))[0]
        place = os.path.join(target, service, first)
        os.makedirs(place, exist_ok=True)
        if not os.path.exists(os.path.join(place, name)):
            os.link(path, os.path.join(place, name))


def zeros(root, target):
    """One file in ten is empty, one in twenty an error page, one in twenty cut in half."""
    rng = random.Random(10)
    for path in files(root):
        luck = rng.random()
        if luck >= 0.2:
            link(path, root, target)
            continue
        place = os.path.join(target, os.path.relpath(os.path.dirname(path), root))
        os.makedirs(place, exist_ok=True)
        with open(path, "rb") as f:
            content = f.read()
        with open(os.path.join(place, os.path.basename(path)), "wb") as f:
            f.write(b"" if luck < 0.1 else ERROR_PAGE if luck < 0.15 else content[:len(content) // 2])


def doubled(root, target):
    """Every third heap profile comes a second time, a little later, from the same cycle."""
    for number, path in enumerate(files(root)):
        link(path, root, target)
        base = os.path.basename(path)
        if number % 3 or not base.startswith("heap-") or not base.endswith(".pb"):
            continue
        name = f"heap-{captures.unix_time(path) + 5}.pb"
        if os.path.exists(os.path.join(os.path.dirname(path), name)):
            continue  # so close to the next that there is no room for another
        with open(path, "rb") as f:
            content = later(f.read(), 5)
        with open(os.path.join(target, os.path.relpath(os.path.dirname(path), root), name), "wb") as f:
            f.write(content)


def later(profile, by):
    """The same profile with a time (field 9) some seconds later."""
    at = 0
    while at < len(profile):
        begin = at
        key, at = captures.varint(profile, at)
        value, at = captures.varint(profile, at)
        if key & 7 == 2:
            at += value
        elif key == 9 << 3:
            return profile[:begin + 1] + encode(value + by * 10**9) + profile[at:]
    return profile


def encode(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


DIRTY = [("30 % of the files missing", dropped), ("instances mixed into one", mixed),
         ("empty, cut and error files", zeros), ("cycles captured twice", doubled)]
