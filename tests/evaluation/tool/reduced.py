# SPDX-License-Identifier: Apache-2.0
"""Runs the kernels of the fifth set and those after it: as programs that stay, that deadlock, and as tests. For kernels.py."""
import concurrent.futures
import hashlib
import os
import re
import shutil
import signal
import subprocess
import time

# How the tests of strangers look: one body, a subtest, parallel subtests beside another parallel test.
BODIES = ("\tscenario()\n",
          '\tt.Run("setup", func(t *testing.T) {})\n\tt.Run("once", func(t *testing.T) {\n\t\tscenario()\n\t})\n',
          "\tt.Parallel()\n\tfor _, quick := range []bool{true, false} {\n\t\tquick := quick\n"
          "\t\tt.Run(map[bool]string{true: \"quick\", false: \"whole\"}[quick], func(t *testing.T) {\n"
          "\t\t\tt.Parallel()\n\t\t\tif !quick {\n\t\t\t\tscenario()\n\t\t\t}\n\t\t})\n\t}\n")
TEST = """package main

import (
	"os"
	"testing"
	"time"

	"example.com/MODULE/rig"
)

func TestBeside(t *testing.T) {
	t.Parallel()
}

func Test%s(t *testing.T) {
	if os.Getenv("PREFIX_LEFT") != "" {
		t.Cleanup(func() { rig.Check(t) })
	}
%s	if os.Getenv("PREFIX_SLOW") != "" {
		time.Sleep(time.Minute)
	}
}
"""
STILL = """
func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("PREFIX_STILL") != "" && rig.Complain() {
		code = 1
	}
	os.Exit(code)
}
"""


BUBBLE = """//go:build go1.25

package main

import (
	"os"
	"testing"
	"testing/synctest"
)

func TestBubble(t *testing.T) {
	if os.Getenv("PREFIX_BUBBLE") != "" {
		synctest.Test(t, func(*testing.T) { scenario() })
	}
}
"""


def fitting(toolchains, source):
    """The toolchains that are new enough for a kernel."""
    with open(source, encoding="utf-8") as lines:
        needs = re.search(r"(?m)^// It needs go1\.(\d+)", lines.read())

    def minor(go):
        out = subprocess.run([go, "version"], check=True, capture_output=True, text=True).stdout
        return int(re.search(r"go1\.(\d+)", out)[1])

    return [go for go in toolchains if not needs or minor(go) >= int(needs[1])]


def drawn(name):
    """What the digest of a name decides: the body of its test, whether all is in the test's file, has a TestMain, is trimmed."""
    digest = hashlib.sha256(name.encode()).digest()
    return BODIES[digest[1] % len(BODIES)], digest[2] % 2, digest[3] % 2, digest[4] % 2


def build(kernels, go, source, name, room, env):
    """A program, and its test."""
    body, is_in_test, has_main, _ = drawn(name)
    place = os.path.join(source, name, "main.go")
    with open(place, encoding="utf-8") as lines:
        if 'import "C"' in lines.read():
            is_in_test = False
        elif "pure" in kernels.extras:
            env = dict(env, CGO_ENABLED="0")  # the runtime sees no deadlock in a program with C in it

    def written(file, text):
        text = text.replace("MODULE", kernels.module).replace("PREFIX", kernels.module.upper())
        with open(os.path.join(source, name, file), "w", encoding="utf-8") as test:
            test.write(text)

    def compiled(command, target):
        if "vendored" in kernels.extras:
            command = [*command, ("-mod=mod", "-mod=vendor")[hashlib.sha256(name.encode()).digest()[5] % 2]]
        subprocess.run([go, *command, "-trimpath", "-o", os.path.join(room, target), "./" + name],
                       cwd=source, env=env, check=True)

    compiled(["build"], name)
    if is_in_test:
        os.rename(place, place.replace(".go", "_test.go"))
    written("run_test.go", TEST % (name.removeprefix("ok_").capitalize(), body) + (STILL if has_main else ""))
    if "bubble" in kernels.extras:
        written("bubble_test.go", BUBBLE)
    compiled(["test", "-c", "-vet=off"], name + ".test")


def untrimmed(module, name, out):
    """As dumps look without -trimpath, for half of them."""
    if drawn(name)[3]:
        return out
    module = module.encode()
    out = re.sub(rb"(?m)^( *\t)example\.com/" + module + b"/", rb"\1/home/dev/" + module + b"/", out)
    out = re.sub(rb"(?m)^( *\t)(golang\.org|github\.com)/", rb"\1/home/dev/go/pkg/mod/\2/", out)
    return re.sub(rb"(?m)^( *\t)([a-z]+(/[\w/]+)?/\w+\.go:)", rb"\1/usr/local/go/src/\2", out)


def told(command, env, seconds=10):
    """What a program writes until it ends by itself; nothing if it does not."""
    try:
        return subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=seconds, check=False).stdout
    except subprocess.TimeoutExpired:
        return b""


def once(kernels, room, name, is_well, env):
    """The output of a deadlock and of tests, by ending: only where there is a dump in it."""
    prefix = kernels.module.upper() + "_"
    program, test = os.path.join(room, name), [os.path.join(room, name + ".test")]
    end = f"FAIL\texample.com/{kernels.module}/{name}\t%ss\nFAIL\n"
    slow = dict(env, **{prefix + "SLOW": "1"}) if is_well else env
    out = told([*test, "-test.timeout=2s"], slow)
    if b"panic: test timed out" in out:
        yield "-timeout.txt", out + (end % "2.015").encode()
    if is_well:
        return
    out = told([program], env, 4)
    if b" - deadlock!" in out:
        yield "-asleep.txt", out + b"exit status 2\n"
    if "told" in kernels.extras and drawn(name)[2]:
        env = dict(env, **{prefix + "TOLD": "1"})
    out = told([*test, "-test.timeout=5s", "-test.v"], dict(env, **{prefix + "LEFT": "1"}))
    if any(words in out for words in (b"test left", b"unexpected goroutines", b"leaked goroutine")):
        yield "-left.txt", out + (end % "0.352").encode()
    out = told([*test, "-test.timeout=5s"], dict(env, **{prefix + "STILL": "1"}))
    if b"goroutines still run" in out or b"on successful test run" in out:
        yield "-still.txt", out + (end % "0.344").encode()
    if "bubble" in kernels.extras:
        out = told([*test, "-test.timeout=5s", "-test.run=TestBubble"], dict(env, **{prefix + "BUBBLE": "1"}))
        if b"deadlock: " in out:
            yield "-bubble.txt", out + (end % "0.012").encode()


def remake(kernels, toolchains, room, target, environment, keep):
    """Builds all in a copy of the sources, starts those that stay, and runs the others meanwhile."""
    source = os.path.join(room, "src")
    shutil.copytree(kernels.src, source)
    if not os.path.exists(os.path.join(source, "xsync")):
        shutil.copytree(os.path.join(kernels.src, os.pardir, os.pardir, "fifth", "src", "xsync"),
                        os.path.join(source, "xsync"))
    programs = [n for n in kernels.names() if not n.endswith(kernels.repaired)]
    if "vendored" in kernels.extras:
        subprocess.run([toolchains[0], "mod", "vendor"], cwd=source, env=environment(toolchains[0]), check=True)
    for i, name in enumerate(programs):
        fit = fitting(toolchains, os.path.join(kernels.src, name, "main.go"))
        go = fit[i % len(fit)]
        build(kernels, go, source, name, room, environment(go))
    staying = []
    busy = [(name, True) for name in kernels.names() if "busy" in kernels.extras]
    for name, is_busy in [(name, False) for name in kernels.names()] + busy:
        directory = os.path.join(room, "busy" if is_busy else "out", name)
        os.makedirs(directory)
        env = dict(os.environ, **{kernels.out: directory})
        if name.endswith(kernels.repaired):
            env[kernels.switch] = "1"
        if "beside" in kernels.extras and hashlib.sha256(name.encode()).digest()[5] % 2:
            env[kernels.module.upper() + "_BESIDE"] = "1"
        if is_busy:
            env[kernels.module.upper() + "_BUSY"] = "1"
        with open(os.path.join(directory, "quit.txt"), "wb") as log:
            process = subprocess.Popen([os.path.join(room, name.removesuffix(kernels.repaired))],
                                       stdout=subprocess.DEVNULL, stderr=log, env=env)
        staying.append((name, directory, process))
    start = time.monotonic()

    def told_of(name):
        plain = name.removesuffix(kernels.repaired)
        env = dict(os.environ, **({kernels.switch: "1"} if plain != name else {}))
        for ending, out in once(kernels, room, plain, plain != name or name.startswith("ok_"), env):
            with open(os.path.join(target, name + ending), "wb") as file:
                file.write(untrimmed(kernels.module, plain, out))

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(told_of, kernels.names()))
    time.sleep(max(0, kernels.seconds - (time.monotonic() - start)))
    for name, directory, process in staying:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)
        process.wait()
        if directory.startswith(os.path.join(room, "busy")):
            os.remove(os.path.join(directory, "quit.txt"))
            if hashlib.sha256(name.removesuffix(kernels.repaired).encode()).digest()[6] % 4:
                os.remove(os.path.join(directory, "busy-2.txt"))  # they are large: every fourth program's will do
        for written, ending in kernels.written.items():
            keep(os.path.join(directory, written), os.path.join(target, name + ending))
