// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"
)

type tariff struct {
	Zone  int    `json:"zone"`
	Text  string `json:"text"`
	Steps []int  `json:"steps"`
}

type tables struct {
	mu     sync.RWMutex
	list   []tariff
	strict bool
}

// load reads a table quickly: the collector has to wait meanwhile.
func (t *tables) load(raw []byte) error {
	old := debug.SetGCPercent(1000)
	if t.strict {
		defer debug.SetGCPercent(old)
	}
	var fresh []tariff
	if err := json.Unmarshal(raw, &fresh); err != nil {
		return fmt.Errorf("table of tariffs: %w", err)
	}
	t.mu.Lock()
	t.list = fresh
	t.mu.Unlock()
	debug.SetGCPercent(old)
	return nil
}

func (t *tables) some(from, n int) []tariff {
	t.mu.RLock()
	defer t.mu.RUnlock()
	from %= len(t.list) - n
	return t.list[from : from+n]
}
