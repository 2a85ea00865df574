// Command panicparse reads every goroutine dump of a list with maruel's panicparse and puts goroutines
// that are alike together. It is told to look at nothing but the dump: no sources, no names for pointers.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/maruel/panicparse/v2/stack"
)

func main() {
	list, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	goroutines, groups := 0, 0
	paths := bufio.NewScanner(list)
	for paths.Scan() {
		snapshot, err := read(paths.Text())
		if err != nil {
			fail(err)
		}
		goroutines += len(snapshot.Goroutines)
		groups += len(snapshot.Aggregate(stack.AnyPointer).Buckets)
	}
	fmt.Printf("goroutines %d\ngroups %d\n", goroutines, groups)
}

func read(path string) (*stack.Snapshot, error) {
	dump, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer dump.Close()
	snapshot, _, err := stack.ScanSnapshot(dump, io.Discard, &stack.Opts{})
	if snapshot == nil {
		return nil, fmt.Errorf("%s: no goroutines: %v", path, err)
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	return snapshot, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "panicparse:", err)
	os.Exit(1)
}
