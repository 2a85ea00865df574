// SPDX-License-Identifier: Apache-2.0

// Command capturefleet makes the sample captures: it builds the services of a
// fleet file, runs them under load, and captures them at an interval.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"example.com/fleet/internal/capture"
)

func main() {
	o := capture.Options{Tools: make(map[string]string)}
	fleet := flag.String("fleet", "fleet.json", "fleet file")
	flag.StringVar(&o.Src, "src", ".", "directory of the module")
	flag.StringVar(&o.Work, "work", "", "scratch directory")
	flag.StringVar(&o.Out, "out", "", "directory for the captures; must not exist")
	flag.StringVar(&o.Timeline, "timeline", "", "file for the table of starts, restarts and deploys")
	flag.Var(tools(o.Tools), "go", "toolchain as VERSION=GO-COMMAND, may be repeated")
	flag.IntVar(&o.Port, "port", 18100, "first of the local ports to use")
	flag.Int64Var(&o.Seed, "seed", 1, "seed of the load")
	flag.IntVar(&o.TextMax, "gzip-above", 6<<10, "text files above this size are gzipped")
	flag.DurationVar(&o.Plan.Interval, "interval", 6*time.Minute, "time between rounds of captures")
	flag.IntVar(&o.Plan.Rounds, "rounds", 40, "number of rounds")
	flag.Float64Var(&o.Plan.Load, "load", 1, "multiplies the traffic")
	flag.Parse()

	c, err := capture.Load(*fleet)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(c, o); err != nil {
		log.Fatal(err)
	}
}

func run(c *capture.Config, o capture.Options) error {
	if o.Work == "" || o.Out == "" || o.Timeline == "" {
		return fmt.Errorf("-work, -out and -timeline are needed")
	}
	if _, err := os.Stat(o.Out); err == nil {
		return fmt.Errorf("%s exists already", o.Out)
	}
	for _, path := range []*string{&o.Src, &o.Work, &o.Out, &o.Timeline} {
		abs, err := filepath.Abs(*path)
		if err != nil {
			return err
		}
		*path = abs
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	return capture.Run(ctx, c, o)
}

// tools is a flag value that collects VERSION=COMMAND pairs.
type tools map[string]string

func (t tools) String() string { return "" }

func (t tools) Set(s string) error {
	version, command, ok := strings.Cut(s, "=")
	if !ok {
		return fmt.Errorf("%q is not VERSION=GO-COMMAND", s)
	}
	t[version] = command
	return nil
}
