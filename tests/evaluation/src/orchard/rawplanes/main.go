// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"net/http"

	"example.net/orchard/rawplanes/plane"
	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	d := &plane.Decoder{Strict: y.Strict}
	http.HandleFunc("/sorted", func(w http.ResponseWriter, r *http.Request) {
		photo := make([]byte, 40<<10)
		y.Fill(photo)
		if y.Intn(4) == 0 {
			photo[0] = 0 // a camera with a bad cable
		}
		red, err := d.Ripeness(photo)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		fmt.Fprintln(w, "red", red)
	})
	y.Ask(5, func(int) (string, []byte) { return "/sorted", nil })
	y.Wait()
}
