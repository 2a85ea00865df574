// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/memguard/guard"
	"example.net/orchard/yard"
)

type parcel struct {
	id   int
	text string
	next *parcel
}

// register is what is alive all the time: some thirty megabytes.
func register(y *yard.Yard) map[int]*parcel {
	all := map[int]*parcel{}
	for i := 0; i < 90000; i++ {
		b := make([]byte, 200)
		y.Fill(b)
		all[i] = &parcel{i, string(b), all[i-1]}
	}
	return all
}

func main() {
	y := yard.Open()
	all := register(y)
	g := guard.New(25 << 20)
	if y.Strict {
		g = guard.New(400 << 20)
	}
	go g.Run(700 * time.Millisecond)
	http.HandleFunc("/parcel", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, all[y.Intn(90000)].text) })
	y.Ask(6, func(int) (string, []byte) { return "/parcel", nil })
	y.Wait()
}
