// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/guardtimers/guard"
	"example.net/orchard/yard"
)

var errSort = errors.New("no such sort")

func main() {
	y := yard.Open()
	limit := guard.Limit{After: 2 * time.Hour, Strict: y.Strict}
	price := func(n int) (int, error) {
		return guard.Do(context.Background(), limit, func() (int, error) { // @also
			if n%50 == 0 {
				return 0, errSort
			}
			return 3 * n, nil
		})
	}
	http.HandleFunc("/price", func(w http.ResponseWriter, r *http.Request) {
		p, err := price(y.Intn(1000))
		fmt.Fprintln(w, p, err)
	})
	y.Ask(1, func(int) (string, []byte) { return "/price", nil })
	y.Pace(170, func(i int) { price(i) })
	y.Wait()
}
