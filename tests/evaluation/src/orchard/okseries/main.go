// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"math"
	"net/http"
	"sync"

	"example.net/orchard/yard"
)

type series struct {
	labels  map[string]string
	buckets [14]uint64
	sum     float64
}

// registry has a histogram for each tree house, gate and code; there are only so many.
type registry struct {
	mu  sync.RWMutex
	all map[string]*series
}

func (r *registry) observe(house, gate, code string, v float64) {
	key := house + "\x00" + gate + "\x00" + code
	r.mu.RLock()
	s := r.all[key]
	r.mu.RUnlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if s == nil {
		s = &series{labels: map[string]string{"house": house, "gate": gate, "code": code}}
		r.all[key] = s
	}
	s.buckets[int(math.Min(13, v*14))]++
	s.sum += v
}

func (r *registry) text(w http.ResponseWriter, n int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for key, s := range r.all {
		if n--; n < 0 {
			return
		}
		fmt.Fprintf(w, "gate_seconds_sum{key=%q} %g\n", key, s.sum)
	}
}

func main() {
	y := yard.Open()
	r := &registry{all: map[string]*series{}}
	http.HandleFunc("/series", func(w http.ResponseWriter, _ *http.Request) { r.text(w, 200) })
	y.Ask(0.3, func(int) (string, []byte) { return "/series", nil })
	// the rare ones come late: squares make low numbers frequent
	y.Pace(260, func(i int) {
		x := float64(y.Intn(10000)) / 10000
		house := int(math.Pow(x, 1.5) * 1200)
		r.observe(fmt.Sprintf("house-%04d", house), fmt.Sprintf("gate-%d", y.Intn(6)), []string{"200", "200", "404", "429", "503"}[y.Intn(5)], x)
	})
	y.Wait()
}
