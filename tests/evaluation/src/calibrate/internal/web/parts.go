// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

// ring keeps the newest lines.
type ring struct {
	mu    sync.Mutex
	lines []string
	next  int
}

func (r *ring) add(line string) {
	r.mu.Lock()
	r.lines[r.next] = line
	r.next = (r.next + 1) % len(r.lines)
	r.mu.Unlock()
}

type histogram struct {
	buckets []uint64
	sum     float64
}

type metrics struct {
	mu     sync.Mutex
	series map[string]*histogram
}

func (m *metrics) observe(path string, v float64) {
	if i := strings.IndexByte(path[1:], '/'); i >= 0 {
		path = path[:i+1] // a series for each route, not for each path
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.series[path]
	if h == nil {
		h = &histogram{buckets: make([]uint64, 64)}
		m.series[path] = h
	}
	h.buckets[int(v)%64]++
	h.sum += v
}

// settings decodes a configuration of some size.
func settings(n int) map[string]interface{} {
	var b strings.Builder
	b.WriteString("{")
	for i := 0; i < n; i++ {
		fmt.Fprintf(&b, `"option%d":{"on":true,"values":[1,2,3,"four","five"],"note":"%s"},`, i, strings.Repeat("n", i%200))
	}
	b.WriteString(`"end":0}`)
	all := make(map[string]interface{})
	if err := json.Unmarshal([]byte(b.String()), &all); err != nil {
		panic(err)
	}
	return all
}
