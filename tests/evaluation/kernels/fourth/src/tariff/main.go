// SPDX-License-Identifier: Apache-2.0

// Command tariff returns early when a price is unknown, and keeps the lock.
//
// expect class=goroutine wait=Mutex says=(?i)(unlock|holder|holds|released)
package main

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"example.com/wharf/dock"
)

type tariff struct {
	mu     sync.Mutex
	prices map[string]int
}

func (t *tariff) price(name string) (int, error) {
	t.mu.Lock() // <- here
	p, ok := t.prices[name]
	if !ok {
		if dock.Repaired {
			t.mu.Unlock()
		}
		return 0, errors.New("no price")
	}
	t.mu.Unlock()
	return p, nil
}

func main() {
	t := &tariff{prices: map[string]int{"tea": 3}}
	http.HandleFunc("/price", func(w http.ResponseWriter, r *http.Request) {
		p, err := t.price(r.URL.Query().Get("of"))
		fmt.Fprintln(w, p, err)
	})
	dock.Serve("/price?of=tea", "/price?of=rum", "/price?of=tea")
}
