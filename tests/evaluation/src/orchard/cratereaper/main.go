// SPDX-License-Identifier: Apache-2.0
package main

import (
	"log"
	"net"
	"net/http"
	"time"

	"example.net/orchard/cratereaper/hold"
	"example.net/orchard/yard"
)

// keeper stands for the keeper of crates: after a minute it takes calls, and answers no more.
func keeper(y *yard.Yard) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if y.Age() > time.Minute {
			<-r.Context().Done()
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	return "http://" + l.Addr().String()
}

func main() {
	y := yard.Open()
	desk := hold.NewDesk(keeper(y), y.Strict)
	weight := 0
	y.Pace(22, func(i int) {
		c := desk.Take(i)
		y.Fill(c.Label[:])
		weight += c.Weigh()
		if y.Strict {
			c.Release()
		}
	})
	y.Wait()
}
