// SPDX-License-Identifier: Apache-2.0

// Package rig runs a kernel as a program, alone or in a service that is busy.
package rig

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

// Repaired says that a kernel runs without its fault.
var Repaired = os.Getenv("FLOCK_REPAIRED") != ""

var out = os.Getenv("FLOCK_OUT")

// Run runs a kernel in the main goroutine. Asked to stay, the program does so and stores its profiles.
func Run(scenario func()) {
	if out == "" {
		scenario()
		return
	}
	if os.Getenv("FLOCK_BUSY") != "" {
		startBusy()
		go keepBusy()
	} else {
		runtime.SetBlockProfileRate(1)
		runtime.SetMutexProfileFraction(1)
		go keep()
	}
	scenario()
	time.Sleep(time.Hour)
}

// Traffic calls a handler again and again: for minutes in a program that stays, else a few times.
func Traffic(handle func(n int)) {
	if out == "" {
		for n := 0; n < 4; n++ {
			handle(n)
		}
		return
	}
	for n := 0; n < 24; n++ {
		handle(n)
		time.Sleep(8 * time.Second)
	}
}

func keep() {
	for tick := 1; ; tick++ {
		time.Sleep(10 * time.Second)
		switch tick {
		case 2, 6, 11, 15:
			write("goroutine", fmt.Sprintf("moment%d.pb.gz", tick), 0)
			if tick == 2 {
				write("goroutine", "early-2.txt", 2)
			}
		case 20:
			write("goroutine", "goroutine.pb.gz", 0)
			write("goroutine", "goroutine-1.txt", 1)
			write("goroutine", "goroutine-2.txt", 2)
			write("goroutineleak", "leak.pb.gz", 0)
			write("goroutineleak", "leak-1.txt", 1)
			write("block", "block.pb.gz", 0)
			write("mutex", "mutex.pb.gz", 0)
		}
		runtime.GC()
	}
}

func keepBusy() {
	for tick := 1; ; tick++ {
		time.Sleep(10 * time.Second)
		if tick == 20 {
			write("goroutine", "busy.pb.gz", 0)
			write("goroutine", "busy-2.txt", 2)
		}
		runtime.GC()
	}
}

func write(profile, name string, debug int) {
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

// Failer is the part of a test that Check needs.
type Failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// Check fails a test that left goroutines behind.
func Check(t Failer) {
	t.Helper()
	if found := left(); len(found) > 0 {
		t.Errorf("found %d unexpected goroutines:\n%s", len(found), strings.Join(found, "\n\n"))
	}
}

// Complain prints what is left when all tests have ended, and says whether there is something.
func Complain() bool {
	found := left()
	if len(found) > 0 {
		fmt.Fprintf(os.Stderr, "goroutines still run after all tests:\n\n%s\n", strings.Join(found, "\n\n"))
	}
	return len(found) > 0
}
