# SPDX-License-Identifier: Apache-2.0
"""Runs the kernels of the fifth set: as programs that stay, that deadlock, and as tests. For kernels.py."""
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

	"example.com/reduced/rig"
)

func TestBeside(t *testing.T) {
	t.Parallel()
}

func Test%s(t *testing.T) {
	if os.Getenv("REDUCED_LEFT") != "" {
		t.Cleanup(func() { rig.Check(t) })
	}
%s	if os.Getenv("REDUCED_SLOW") != "" {
		time.Sleep(time.Minute)
	}
}
"""
STILL = """
func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("REDUCED_STILL") != "" && rig.Complain() {
		code = 1
	}
	os.Exit(code)
}
"""


def drawn(name):
    """What the digest of a name decides: the body of its test, whether all is in the test's file, has a TestMain, is trimmed."""
    digest = hashlib.sha256(name.encode()).digest()
    return BODIES[digest[1] % len(BODIES)], digest[2] % 2, digest[3] % 2, digest[4] % 2


def build(go, source, name, room, env):
    """A program, and its test."""
    body, is_in_test, has_main, _ = drawn(name)

    def compiled(command, target):
        subprocess.run([go, *command, "-trimpath", "-o", os.path.join(room, target), "./" + name],
                       cwd=source, env=env, check=True)

    compiled(["build"], name)
    if is_in_test:
        place = os.path.join(source, name, "main.go")
        os.rename(place, place.replace(".go", "_test.go"))
    with open(os.path.join(source, name, "run_test.go"), "w", encoding="utf-8") as test:
        test.write(TEST % (name.removeprefix("ok_").capitalize(), body) + (STILL if has_main else ""))
    compiled(["test", "-c", "-vet=off"], name + ".test")


def untrimmed(name, out):
    """As dumps look without -trimpath, for half of them."""
    if drawn(name)[3]:
        return out
    out = re.sub(rb"(?m)^( *\t)example\.com/reduced/", rb"\1/home/dev/reduced/", out)
    out = re.sub(rb"(?m)^( *\t)golang\.org/", rb"\1/home/dev/go/pkg/mod/golang.org/", out)
    return re.sub(rb"(?m)^( *\t)([a-z]+(/[\w/]+)?/\w+\.go:)", rb"\1/usr/local/go/src/\2", out)


def told(command, env, seconds=10):
    """What a program writes until it ends by itself; nothing if it does not."""
    try:
        return subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=seconds, check=False).stdout
    except subprocess.TimeoutExpired:
        return b""


def once(room, name, is_well, env):
    """The output of a deadlock and of tests, by ending: only where there is a dump in it."""
    program, test = os.path.join(room, name), [os.path.join(room, name + ".test")]
    end = f"FAIL\texample.com/reduced/{name}\t%ss\nFAIL\n"
    slow = dict(env, REDUCED_SLOW="1") if is_well else env
    out = told([*test, "-test.timeout=2s"], slow)
    if b"panic: test timed out" in out:
        yield "-timeout.txt", out + (end % "2.015").encode()
    if is_well:
        return
    out = told([program], env, 4)
    if b"all goroutines are asleep" in out:
        yield "-asleep.txt", out + b"exit status 2\n"
    out = told([*test, "-test.timeout=5s", "-test.v"], dict(env, REDUCED_LEFT="1"))
    if b"test left" in out:
        yield "-left.txt", out + (end % "0.352").encode()
    out = told([*test, "-test.timeout=5s"], dict(env, REDUCED_STILL="1"))
    if b"goroutines still run" in out:
        yield "-still.txt", out + (end % "0.344").encode()


def remake(kernels, toolchains, room, target, environment, keep):
    """Builds all in a copy of the sources, starts those that stay, and runs the others meanwhile."""
    source = os.path.join(room, "src")
    shutil.copytree(kernels.src, source)
    programs = [n for n in kernels.names() if not n.endswith(kernels.repaired)]
    for i, name in enumerate(programs):
        go = toolchains[i % len(toolchains)]
        build(go, source, name, room, environment(go))
    staying = []
    for name in kernels.names():
        directory = os.path.join(room, "out", name)
        os.makedirs(directory)
        env = dict(os.environ, **{kernels.out: directory})
        if name.endswith(kernels.repaired):
            env[kernels.switch] = "1"
        with open(os.path.join(directory, "quit.txt"), "wb") as log:
            process = subprocess.Popen([os.path.join(room, name.removesuffix(kernels.repaired))],
                                       stdout=subprocess.DEVNULL, stderr=log, env=env)
        staying.append((name, directory, process))
    start = time.monotonic()

    def told_of(name):
        plain = name.removesuffix(kernels.repaired)
        env = dict(os.environ, **({kernels.switch: "1"} if plain != name else {}))
        for ending, out in once(room, plain, plain != name or name.startswith("ok_"), env):
            with open(os.path.join(target, name + ending), "wb") as file:
                file.write(untrimmed(plain, out))

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(told_of, kernels.names()))
    time.sleep(max(0, kernels.seconds - (time.monotonic() - start)))
    for name, directory, process in staying:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)
        process.wait()
        for written, ending in kernels.written.items():
            keep(os.path.join(directory, written), os.path.join(target, name + ending))
