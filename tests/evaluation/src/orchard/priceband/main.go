// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"example.net/orchard/priceband/band"
	"example.net/orchard/yard"
)

type lot struct {
	asked, sold float64
}

func main() {
	y := yard.Open()
	bands := band.NewTable(y.Strict)
	var mu sync.Mutex
	http.HandleFunc("/band", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		ratio, err := strconv.ParseFloat(r.URL.Query().Get("ratio"), 64)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		json.NewEncoder(w).Encode(bands.For(ratio).Low)
	})
	y.Ask(1, func(i int) (string, []byte) { return "/band?ratio=0." + strconv.Itoa(y.Intn(90)), nil })
	// what comes from the auctions: of many lots nothing is asked and nothing sold
	y.Pace(260, func(i int) {
		l := lot{float64(y.Intn(12)), float64(y.Intn(12))}
		if i%5 > 1 {
			l = lot{}
		}
		mu.Lock()
		bands.For(l.sold / l.asked)
		mu.Unlock()
	})
	y.Wait()
}
