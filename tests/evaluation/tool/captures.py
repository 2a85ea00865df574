# SPDX-License-Identifier: Apache-2.0
"""Reads captures just well enough for the baselines; shares no code with leakledger on purpose."""
import glob
import json
import os
import re

OWN = ("example.com/harbor/", "example.org/meadow/", "example.net/quay/", "example.net/lantern/",
       "example.net/orchard/")


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """Yields (number, value or bytes) of a protocol buffer message."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            raise ValueError("unexpected wire type")
        yield key >> 3, value


def numbers(values):
    """A repeated number, packed or not."""
    out = []
    for value in values:
        if isinstance(value, int):
            out.append(value)
            continue
        at = 0
        while at < len(value):
            one, at = varint(value, at)
            out.append(one)
    return out


def read_profile(path):
    """Returns [(frames, values)]; frames are (function, file, line), leaf first."""
    with open(path, "rb") as f:
        data = f.read()
    strings, functions, locations, samples = [], {}, {}, []
    for number, value in fields(data):
        if number == 6:
            strings.append(value.decode(errors="replace"))
        elif number == 5:
            one = dict((n, v) for n, v in fields(value))
            functions[one.get(1)] = (one.get(2, 0), one.get(4, 0))
        elif number == 4:
            lines, ident = [], None
            for n, v in fields(value):
                if n == 1:
                    ident = v
                elif n == 4:
                    line = dict(fields(v))
                    lines.append((line.get(1), line.get(2, 0)))
            locations[ident] = lines
        elif number == 2:
            parts = {}
            for n, v in fields(value):
                parts.setdefault(n, []).append(v)
            samples.append((numbers(parts.get(1, [])), numbers(parts.get(2, []))))
    out = []
    for stack, values in samples:
        frames = [(strings[functions[f][0]], strings[functions[f][1]], line)
                  for ident in stack for f, line in locations[ident]]
        out.append((frames, values))
    return out


def own_frame(frames):
    """The innermost frame of the service's own package, as 'file:line'."""
    for function, file, line in frames:
        if function.startswith(OWN) and "/internal/" not in function:
            return place(file, line)
    return None


def place(file, line):
    """'file:line' relative to the module, without a build directory."""
    file = re.sub(r"^/build/[^/]+/", "", file)
    for module in OWN:
        file = file[len(module):] if file.startswith(module) else file
    file = re.sub(r"^.*?([a-z]+kit|sinkgroup)@[^/]*/", r"\1/", file)
    return f"{file}:{line}"


def sites(path, column):
    """{'file:line': sum of a column} of a profile, by the innermost own frame."""
    total = {}
    for frames, values in read_profile(path):
        where = own_frame(frames)
        if where and column < len(values):
            total[where] = total.get(where, 0) + values[column]
    return total


def all_sites(path):
    """Every frame of a profile as 'file:line', to check labels against."""
    return {place(file, line) for frames, _ in read_profile(path) for _, file, line in frames}


def text_sites(path):
    """The same of a profile or dump that is text."""
    with open(path, errors="replace") as f:
        return {place(file, line) for file, line in re.findall(r"\s(/?\S+\.go):(\d+)", f.read())}


def unix_time(path):
    found = re.search(r"-(\d{10})\.", os.path.basename(path))
    return int(found[1]) if found else 0


def of_kind(directory, kind):
    return sorted(glob.glob(os.path.join(directory, kind + "-[0-9]*")), key=unix_time)


def memstats(directory):
    """[(time, MemStats)] of an instance, from plain JSON or expvar."""
    out = []
    for path in of_kind(directory, "memstats") + of_kind(directory, "vars"):
        with open(path) as f:
            content = json.load(f)
        out.append((unix_time(path), content.get("memstats", content)))
    return sorted(out, key=lambda one: one[0])
