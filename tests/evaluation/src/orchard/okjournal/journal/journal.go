// SPDX-License-Identifier: Apache-2.0

// Package journal keeps changes until they are put together.
package journal

import (
	"sync"
	"time"
)

type Change struct {
	At   time.Time
	Tree string
	Note string
}

type Journal struct {
	mu      sync.Mutex
	changes []Change
	state   map[string]Change
}

func New() *Journal { return &Journal{state: map[string]Change{}} }

func (j *Journal) Append(c Change) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.changes = append(j.changes, c)
}

// Compact leaves the last change of each tree.
func (j *Journal) Compact() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range j.changes {
		j.state[c.Tree] = c
	}
	j.changes = nil
}

func (j *Journal) State(tree string) Change {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state[tree]
}
