// SPDX-License-Identifier: Apache-2.0

// Command leases keeps a lease alive for each client until a context ends that nobody cancels.
//
// expect class=goroutine,context wait=(select|chan.receive) says=(?i)(cancel|context|end)
package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type lease struct {
	id   int
	tick *time.Ticker
}

func (l *lease) keep(ctx context.Context) {
	defer l.tick.Stop()
	for {
		select { // <- here
		case <-l.tick.C:
			dock.Log("kept")
		case <-ctx.Done():
			return
		}
	}
}

func grant(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(context.Background())
	if dock.Repaired {
		ctx, cancel = context.WithTimeout(ctx, 6*time.Second)
	}
	_ = cancel
	l := &lease{tick: time.NewTicker(3 * time.Second)}
	go l.keep(ctx)
	fmt.Fprintln(w, "granted")
}

func main() {
	http.HandleFunc("/grant", grant)
	dock.Serve("/grant")
}
