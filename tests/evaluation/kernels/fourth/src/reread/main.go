// SPDX-License-Identifier: Apache-2.0

// Command reread reads its table while it reads its table, and a writer comes between.
//
// expect class=goroutine wait=RWMutex says=(?i)(read.*(twice|again|while)|writer|recurs)
package main

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type table struct {
	mu   sync.RWMutex
	rows []string
}

func (t *table) count() int {
	t.mu.RLock() // <- here
	defer t.mu.RUnlock()
	return len(t.rows)
}

func (t *table) render(w io.Writer) {
	if dock.Repaired {
		fmt.Fprintln(w, t.count())
	}
	t.mu.RLock() // <- here
	defer t.mu.RUnlock()
	for _, row := range t.rows {
		time.Sleep(2 * time.Millisecond)
		fmt.Fprintln(w, row)
	}
	if !dock.Repaired {
		fmt.Fprintln(w, t.count())
	}
}

func (t *table) add(row string) {
	t.mu.Lock() // <- here
	defer t.mu.Unlock()
	if len(t.rows) < 20 {
		t.rows = append(t.rows, row)
	}
}

func main() {
	t := &table{rows: []string{"a", "b", "c"}}
	http.HandleFunc("/rows", func(w http.ResponseWriter, r *http.Request) { t.render(w) })
	go func() {
		for {
			time.Sleep(11 * time.Millisecond)
			t.add("x")
		}
	}()
	dock.Serve("/rows", "/rows")
}
