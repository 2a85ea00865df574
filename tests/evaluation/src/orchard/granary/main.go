// SPDX-License-Identifier: Apache-2.0
// env: GOMEMLIMIT=72MiB GOMAXPROCS=1
// fixed-env: GOMEMLIMIT=320MiB GOMAXPROCS=1
package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	s := newSilo(130000)
	for i := 0; i < 90000; i++ { // what the last one left on disk
		s.fill(y, i)
	}
	y.Pace(420, func(i int) { s.fill(y, 90000+i) })
	http.HandleFunc("/grain", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(s.sample(r.URL.Query().Get("key"), 60))
	})
	y.Ask(5, func(int) (string, []byte) { return fmt.Sprintf("/grain?key=%d", y.Intn(130000)), nil })
	y.Wait()
}
