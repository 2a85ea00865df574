// SPDX-License-Identifier: Apache-2.0

// Package exposure counts who has been shown which variant of an experiment. A
// subject counts once per experiment, at the first exposure.
package exposure

import (
	"sync"
	"time"
)

// first is what is kept of a subject's first exposure.
type first struct {
	minute  uint32
	times   uint32
	variant uint16
}

type experiment struct {
	seen   map[string]first
	counts map[uint16]int64 // since the last flush, by variant
}

// Tracker is safe for concurrent use.
type Tracker struct {
	mu          sync.Mutex
	experiments map[string]*experiment
	variants    map[string]uint16
}

// NewTracker returns an empty tracker.
func NewTracker() *Tracker {
	return &Tracker{experiments: make(map[string]*experiment), variants: make(map[string]uint16)}
}

// Observe notes that subject has been shown variant of the flag.
func (t *Tracker) Observe(flag, subject, variant string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.experiments[flag]
	if e == nil {
		e = &experiment{seen: make(map[string]first), counts: make(map[uint16]int64)}
		t.experiments[flag] = e
	}
	code, ok := t.variants[variant]
	if !ok {
		code = uint16(len(t.variants))
		t.variants[variant] = code
	}
	f, again := e.seen[subject]
	if !again {
		f = first{minute: uint32(time.Now().Unix() / 60), variant: code}
		e.counts[code]++
	}
	f.times++
	e.seen[subject] = f
}

// Count is a row of the exposure report.
type Count struct {
	Flag     string
	Subjects int64
}

// Flush returns the new exposures since the last flush.
func (t *Tracker) Flush() []Count {
	t.mu.Lock()
	defer t.mu.Unlock()
	var rows []Count
	for flag, e := range t.experiments {
		row := Count{Flag: flag}
		for _, n := range e.counts {
			row.Subjects += n
		}
		if row.Subjects > 0 {
			rows = append(rows, row)
		}
		e.counts = make(map[uint16]int64)
	}
	return rows
}
