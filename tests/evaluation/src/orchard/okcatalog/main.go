// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/xml"
	"net/http"
	"sync/atomic"
	"time"

	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	var now atomic.Pointer[edition]
	go func() {
		for n := 0; ; n++ {
			// a new edition is made beside the old one, which goes when nobody reads it any more
			e := build(y, 14000+900*(n%3), 80*time.Second)
			now.Store(e)
		}
	}()
	http.HandleFunc("/offers", func(w http.ResponseWriter, _ *http.Request) {
		e := now.Load()
		if e == nil {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
			return
		}
		xml.NewEncoder(w).Encode(e.some(y.Intn(10000), 10))
	})
	y.Ask(3, func(int) (string, []byte) { return "/offers", nil })
	y.Wait()
}
