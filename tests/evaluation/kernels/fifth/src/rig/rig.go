// SPDX-License-Identifier: Apache-2.0

// Package rig runs a kernel as a program, and looks for what it left behind as helpers of tests do.
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
var Repaired = os.Getenv("REDUCED_REPAIRED") != ""

// Run runs a kernel in the main goroutine. Asked to stay, the program does so and stores its profiles once.
func Run(scenario func()) {
	out := os.Getenv("REDUCED_OUT")
	if out == "" {
		scenario()
		return
	}
	go keep(out)
	scenario()
	time.Sleep(time.Hour)
}

func keep(out string) {
	time.Sleep(20 * time.Second)
	write(out, "goroutine", "goroutine.pb.gz", 0)
	write(out, "goroutine", "goroutine-1.txt", 1)
	write(out, "goroutine", "goroutine-2.txt", 2)
	write(out, "goroutineleak", "leak.pb.gz", 0)
	for {
		runtime.GC()
		time.Sleep(20 * time.Second)
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

// Left returns the stacks of all goroutines but the caller's and those of package testing, a while after a test.
func Left() string {
	time.Sleep(300 * time.Millisecond)
	buffer := make([]byte, 1<<20)
	stacks := strings.Split(string(buffer[:runtime.Stack(buffer, true)]), "\n\n")
	var left []string
	for _, stack := range stacks[1:] {
		if !strings.Contains(stack, "testing.(*T).Run(") && !strings.Contains(stack, "testing.(*T).Parallel(") {
			left = append(left, strings.TrimSpace(stack))
		}
	}
	return strings.Join(left, "\n\n")
}

// Failer is the part of a test that Check needs.
type Failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// Check fails a test that left goroutines behind.
func Check(t Failer) {
	t.Helper()
	if left := Left(); left != "" {
		t.Errorf("test left %d goroutines:\n%s", strings.Count(left, "\n\n")+1, left)
	}
}

// Complain prints every goroutine there is when some were left behind, and says whether there were.
func Complain() bool {
	left := Left()
	if left == "" {
		return false
	}
	buffer := make([]byte, 1<<20)
	fmt.Fprintf(os.Stderr, "FAIL: goroutines still run after all tests\n\n%s\n", buffer[:runtime.Stack(buffer, true)])
	return true
}
