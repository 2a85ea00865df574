// SPDX-License-Identifier: Apache-2.0
package main

import (
	"encoding/json"
	"net/http"
	"time"

	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	w := newWindow(6 * time.Minute)
	http.HandleFunc("/slow", func(rw http.ResponseWriter, _ *http.Request) { json.NewEncoder(rw).Encode(w.slowest(20)) })
	y.Pace(110, func(i int) {
		stack := make([]byte, 300+y.Intn(500))
		y.Fill(stack)
		w.add(call{At: time.Now(), Took: y.Intn(900), Stack: string(stack)})
	})
	y.Ask(0.5, func(int) (string, []byte) { return "/slow", nil })
	y.Wait()
}
