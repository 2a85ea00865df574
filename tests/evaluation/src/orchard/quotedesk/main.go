// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"log"
	"net/http"

	"example.net/orchard/quotedesk/flight"
	"example.net/orchard/yard"
)

type desk struct {
	group  flight.Group
	market *market
}

// ServeHTTP answers with the price of a sort; those who ask at the same time share one call to the market.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("sort")
	price, err := d.group.Do(name, func() (string, error) { return d.market.price(name) }) // @also
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	fmt.Fprintln(w, name, price)
}

func main() {
	y := yard.Open()
	m, err := open(y.Strict, y.Age)
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/quote", &desk{market: m})
	y.Ask(4, func(i int) (string, []byte) {
		return fmt.Sprintf("/quote?sort=sort-%d", y.Intn(5)), nil
	})
	y.Wait()
}
