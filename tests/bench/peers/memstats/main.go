// Command memstats reads every file of a list, plain or expvar, into runtime.MemStats.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
)

func main() {
	list, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	files := 0
	var heapAlloc uint64
	paths := bufio.NewScanner(list)
	for paths.Scan() {
		stats, err := read(paths.Text())
		if err != nil {
			fail(err)
		}
		files++
		heapAlloc += stats.HeapAlloc
	}
	fmt.Printf("files %d\nheap_alloc %d\n", files, heapAlloc)
}

func read(path string) (*runtime.MemStats, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var vars struct {
		MemStats runtime.MemStats `json:"memstats"`
	}
	// The wrapped form says so in its first bytes; trying both would be unfair to the peer.
	if bytes.HasPrefix(text, []byte("{\n\"cmdline\"")) {
		return &vars.MemStats, json.Unmarshal(text, &vars)
	}
	return &vars.MemStats, json.Unmarshal(text, &vars.MemStats)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "memstats:", err)
	os.Exit(1)
}
