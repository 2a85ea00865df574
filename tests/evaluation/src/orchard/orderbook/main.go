// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"net/http"
	"sync"

	"example.net/orchard/orderbook/treap"
	"example.net/orchard/yard"
)

type order struct {
	ID     uint64
	Price  int
	Crates int
	Grower [40]byte
	Terms  [8]int32
}

type market struct {
	mu   sync.Mutex
	buys *treap.Tree[order]
	last []uint64
}

// place takes an order; the oldest of the open ones is cancelled when there are too many.
func (m *market) place(id uint64, price, crates int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := uint64(price)<<40 | id
	m.buys.Put(key, order{ID: id, Price: price, Crates: crates}) // @also
	m.last = append(m.last, key)
	if len(m.last) > 3000 {
		m.buys.Cancel(m.last[0])
		m.last = append(m.last[:0], m.last[1:]...)
	}
}

func (m *market) best(w http.ResponseWriter, _ *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []int
	m.buys.Each(func(o order) bool {
		out = append(out, o.Price)
		return len(out) < 10
	})
	json.NewEncoder(w).Encode(out)
}

func main() {
	y := yard.Open()
	m := &market{buys: treap.New[order](y.Strict)}
	http.HandleFunc("/best", m.best)
	y.Pace(230, func(i int) { m.place(uint64(i), 200+y.Intn(90), 1+y.Intn(30)) })
	y.Ask(0.5, func(int) (string, []byte) { return "/best", nil })
	y.Wait()
}
