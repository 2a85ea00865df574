// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/oksqlpool/db"
	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	pool := db.Open(40)
	http.HandleFunc("/barrels", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
		defer cancel()
		n, err := pool.Count(ctx, y.Intn(60), 100+y.Intn(400))
		fmt.Fprintln(w, n, err)
	})
	// as the morning goes on, more ask at once, and the pool becomes full
	y.Pace(1, func(i int) {
		for n := y.Intn(4 + int(y.Age().Minutes()*5)); n > 0; n-- {
			y.Ask1("/barrels")
		}
	})
	y.Wait()
}
