// SPDX-License-Identifier: Apache-2.0

// Command oomkill runs a service in a memory cgroup of its own until the kernel kills it, and
// captures it up to then: first a build that does not leak, then one that does. It needs root, a
// mounted cgroup v1 memory controller, and a kernel log that dmesg can read.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
	"time"

	"example.com/fleet/internal/oomkill"
)

func main() {
	o := oomkill.Options{}
	flag.StringVar(&o.Cgroup, "cgroup", "/sys/fs/cgroup/memory/label-printer", "cgroup to make")
	flag.StringVar(&o.Out, "out", "incident", "where the captures go")
	flag.Int64Var(&o.Limit, "limit", 96<<20, "memory limit in bytes")
	flag.DurationVar(&o.Interval, "interval", 60*time.Second, "time between captures")
	flag.DurationVar(&o.Healthy, "healthy", 10*time.Minute, "how long the first build runs")
	flag.Float64Var(&o.Rate, "rate", 18, "labels a second")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: oomkill [option...] FIRST-BINARY SECOND-BINARY")
	}
	o.First, o.Second = flag.Arg(0), flag.Arg(1)
	if err := os.MkdirAll(filepath.Join(o.Out, "node"), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := oomkill.Run(o); err != nil {
		log.Fatal(err)
	}
}
