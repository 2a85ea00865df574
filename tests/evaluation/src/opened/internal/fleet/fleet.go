// SPDX-License-Identifier: Apache-2.0

// Package fleet is what every node knows of the devices in the field: a registry, the newest points of
// each, rollups that are kept for a while, fences, rules. All of it is bounded.
package fleet

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"sort"
	"strings"
	"sync"
	"time"
)

// Device is one station in the field.
type Device struct {
	Serial  uint64            `json:"serial"`
	Site    string            `json:"site"`
	Tags    map[string]string `json:"tags"`
	points  []Point
	written int
}

// Point is one reading.
type Point struct {
	At    int64
	Value float64
}

// Registry holds all devices.
type Registry struct {
	mu      sync.RWMutex
	devices map[uint64]*Device
	order   []uint64
}

func inventory(n int) string {
	var b strings.Builder
	for i := 0; i < n; i++ {
		fmt.Fprintf(&b, `{"serial":%d,"site":"site %d of region %d","tags":{"model":"m%d","net":"lora%d"}}`, 7000+i, i%150, i%3, i%12, i%5)
		b.WriteByte('\n')
	}
	return b.String()
}

// NewRegistry reads an inventory of n devices, line by line.
func NewRegistry(n int) (*Registry, error) {
	r := &Registry{devices: make(map[uint64]*Device, n)}
	lines := bufio.NewScanner(strings.NewReader(inventory(n)))
	for lines.Scan() {
		d := new(Device)
		if err := json.Unmarshal(lines.Bytes(), d); err != nil {
			return nil, err
		}
		d.points = make([]Point, 48)
		r.devices[d.Serial] = d
		r.order = append(r.order, d.Serial)
	}
	sort.Slice(r.order, func(i, j int) bool { return r.order[i] < r.order[j] })
	return r, lines.Err()
}

// Any picks a device.
func (r *Registry) Any(rng *rand.Rand) *Device {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.devices[r.order[rng.Intn(len(r.order))]]
}

// Record keeps the newest 48 points of a device.
func (r *Registry) Record(d *Device, p Point) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d.points[d.written%48] = p
	d.written++
}

type total struct {
	sum, low, high float64
	n              int64
	parts          []float64
}

// Rollups sum up per ten minutes and site; what is too old goes.
type Rollups struct {
	mu    sync.Mutex
	slots map[int64]map[string]*total
	keep  time.Duration
}

// NewRollups keeps rollups for some time.
func NewRollups(keep time.Duration) *Rollups {
	return &Rollups{slots: make(map[int64]map[string]*total), keep: keep}
}

// Add counts one value.
func (r *Rollups) Add(now time.Time, site string, v float64) {
	slot := now.Unix() / 600
	r.mu.Lock()
	defer r.mu.Unlock()
	sites := r.slots[slot]
	if sites == nil {
		sites = make(map[string]*total)
		r.slots[slot] = sites
		for old := range r.slots {
			if old < slot-int64(r.keep/(10*time.Minute)) {
				delete(r.slots, old)
			}
		}
	}
	t := sites[site]
	if t == nil {
		t = &total{parts: make([]float64, 24)}
		sites[site] = t
	}
	t.n++
	t.sum += v
	t.parts[int(t.n)%24] = v
}

type fence struct {
	west, east *fence
	outline    []float64
}

// Fences is a tree of areas.
func Fences(depth int) interface{} {
	return grow(depth)
}

func grow(depth int) *fence {
	if depth == 0 {
		return nil
	}
	return &fence{west: grow(depth - 1), east: grow(depth - 1), outline: make([]float64, 10+depth)}
}

// Units reads a table of units and factors.
func Units(n int) ([][]string, error) {
	var b strings.Builder
	for i := 0; i < n; i++ {
		fmt.Fprintf(&b, "unit-%d,factor,%d,\"a longer text for unit %d\"\n", i, i*i, i)
	}
	r := csv.NewReader(strings.NewReader(b.String()))
	var rows [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}
