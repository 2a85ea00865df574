// SPDX-License-Identifier: Apache-2.0

// Command topics publishes to subscribers; one of them reads a single message and goes.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|consumer|slow|buffer)
package main

import (
	"fmt"
	"net/http"

	"example.org/depot/port"
	"go.example.net/rack/pubsub"
)

type broker struct {
	orders pubsub.Topic
}

func (b *broker) audit() {
	for range b.orders.Subscribe() {
	}
}

func (b *broker) next(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, <-b.orders.Subscribe())
}

func (b *broker) order(w http.ResponseWriter, r *http.Request) {
	b.orders.Publish(r.URL.Query().Get("item")) // <- here
}

func main() {
	b := &broker{}
	go b.audit()
	http.HandleFunc("/next", b.next)
	http.HandleFunc("/order", b.order)
	port.Run("/next", "/order?item=tea")
}
