// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/graftgate/gate"
	"example.net/orchard/yard"
)

type order struct {
	Stock string `json:"stock"`
	Scion string `json:"scion"`
	Count int    `json:"count"`
}

var errCount = errors.New("count must be positive")

type bench struct {
	gate   *gate.Gate
	strict bool
}

func (b *bench) graft(o order) error {
	if err := b.gate.Acquire(context.Background(), 1); err != nil { // @also
		return err
	}
	if b.strict {
		defer b.gate.Release(1)
	}
	if o.Count <= 0 {
		return errCount
	}
	time.Sleep(time.Duration(20+o.Count) * time.Millisecond)
	if !b.strict {
		b.gate.Release(1)
	}
	return nil
}

func (b *bench) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err := b.graft(o); err != nil { // @also
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	fmt.Fprintln(w, "grafted")
}

func main() {
	y := yard.Open()
	http.Handle("/graft", &bench{gate: gate.New(10), strict: y.Strict})
	y.Ask(1.6, func(i int) (string, []byte) {
		body, _ := json.Marshal(order{"M9", "cox", y.Intn(14)})
		return "/graft", body
	})
	y.Wait()
}
