// SPDX-License-Identifier: Apache-2.0

// Package rig runs a kernel as a program, and looks for what it left behind as detectors of leaks do.
package rig

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"syscall"
	"time"
)

// Repaired says that a kernel runs without its fault.
var Repaired = os.Getenv("BENCH_REPAIRED") != ""

// Run runs a kernel in the main goroutine. Asked to stay, the program does so and stores its profiles.
func Run(scenario func()) {
	out := os.Getenv("BENCH_OUT")
	if out == "" {
		scenario()
		return
	}
	if os.Getenv("BENCH_BESIDE") != "" {
		beside()
	}
	go keep(out)
	scenario()
	time.Sleep(time.Hour)
}

// beside starts what services have: a debug port, a handler of signals, idle workers.
func beside() {
	if listener, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		go http.Serve(listener, nil)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		<-signals
		os.Exit(0)
	}()
	tasks := make(chan func())
	for i := 0; i < 3; i++ {
		go func() {
			for task := range tasks {
				task()
			}
		}()
	}
	go func() {
		for range time.Tick(7 * time.Second) {
			tasks <- func() {}
		}
	}()
}

func keep(out string) {
	for tick := 1; ; tick++ {
		time.Sleep(10 * time.Second)
		switch tick {
		case 2:
			write(out, "goroutine", "first.pb.gz", 0)
			write(out, "goroutine", "goroutine-2.txt", 2)
		case 11:
			write(out, "goroutine", "second.pb.gz", 0)
		case 20:
			write(out, "goroutine", "goroutine.pb.gz", 0)
			write(out, "goroutine", "goroutine-1.txt", 1)
			write(out, "goroutineleak", "leak.pb.gz", 0)
			write(out, "goroutineleak", "leak-2.txt", 2)
		}
		runtime.GC()
	}
}

func write(out, profile, name string, debug int) {
	p := pprof.Lookup(profile)
	if p == nil {
		return
	}
	file, err := os.Create(filepath.Join(out, name))
	if err != nil {
		return
	}
	defer file.Close()
	p.WriteTo(file, debug)
}

// left returns the stacks of all goroutines but the caller's and those of package testing, a while after a test.
func left() (found []string) {
	time.Sleep(300 * time.Millisecond)
	buffer := make([]byte, 1<<20)
	stacks := strings.Split(string(buffer[:runtime.Stack(buffer, true)]), "\n\n")
	for _, stack := range stacks[1:] {
		if !strings.Contains(stack, "testing.(*T).Run(") && !strings.Contains(stack, "testing.(*T).Parallel(") {
			found = append(found, strings.TrimSpace(stack))
		}
	}
	return found
}

// told writes stacks as one of two detectors does: each with a sentence about it in the place of its header.
func told(stacks []string) string {
	var sentences []string
	for _, stack := range stacks {
		header, rest, _ := strings.Cut(stack, "\n")
		number, state, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(header, "goroutine "), "]:"), " [")
		top, _, _ := strings.Cut(rest, "\n")
		top = top[:strings.LastIndex(top, "(")]
		sentences = append(sentences, fmt.Sprintf("Goroutine %s in state %s, with %s on top of the stack:\n%s\n",
			number, state, top, rest))
	}
	return fmt.Sprintf("found unexpected goroutines:\n%s", sentences)
}

// Failer is the part of a test that Check needs.
type Failer interface {
	Helper()
	Error(args ...any)
}

// Check fails a test that left goroutines behind.
func Check(t Failer) {
	t.Helper()
	found := left()
	if len(found) > 0 && os.Getenv("BENCH_TOLD") != "" {
		t.Error(told(found))
		return
	}
	for _, stack := range found {
		t.Error("leaktest: leaked goroutine: " + stack)
	}
}

// Complain prints what is left when all tests have ended, and says whether there is something.
func Complain() bool {
	found := left()
	if len(found) > 0 {
		fmt.Fprintf(os.Stderr, "goleak: Errors on successful test run: %s\n", told(found))
	}
	return len(found) > 0
}
