// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"net/http"

	"example.net/orchard/yard"
)

// leaf writes a page of some twelve kilobytes about a leaf.
func leaf(y *yard.Yard) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		text := make([]byte, 9000+y.Intn(3000))
		y.Fill(text)
		fmt.Fprintf(w, "<html><head><title>Leaf %s of the orchard</title></head><body>%s</body></html>", r.URL.Query().Get("n"), text)
	}
}

func main() {
	y := yard.Open()
	http.HandleFunc("/leaf", leaf(y))
	x := &index{base: "http://" + y.Addr, strict: y.Strict}
	y.Pace(4, func(i int) { x.visit(fmt.Sprintf("/leaf?n=%d", i)) })
	http.HandleFunc("/titles", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, x.count()) })
	y.Wait()
}
