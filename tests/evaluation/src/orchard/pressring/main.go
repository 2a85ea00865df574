// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/pressring/ring"
	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	r := ring.New(60, y.Strict)
	// a hundred presses tell their pressure ten times a second
	y.Pace(10, func(i int) {
		batch := make([]ring.Reading, 100)
		for j := range batch {
			batch[j] = ring.Reading{At: time.Now().UnixNano(), Press: j, Bar: float64(y.Intn(400)) / 10, Temp: 18.5}
		}
		r.Add(time.Now(), batch)
	})
	http.HandleFunc("/mean", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, r.Mean(time.Now())) })
	y.Ask(0.5, func(int) (string, []byte) { return "/mean", nil })
	y.Wait()
}
