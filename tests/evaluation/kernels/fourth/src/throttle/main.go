// SPDX-License-Identifier: Apache-2.0

// Command throttle takes a weight for each call and keeps it when the call is refused.
//
// expect class=goroutine,channel,context wait=(chan.send|select) says=(?i)(receiv|release|slot|semaphore|buffer|cancel)
package main

import (
	"context"
	"errors"
	"net/http"

	"example.com/wharf/dock"
	"go.example.org/tackle/sema"
)

type upstream struct{ slots *sema.Weighted }

func (u *upstream) call(ctx context.Context, id string) error {
	if err := u.slots.Acquire(ctx); err != nil { // <- here
		return err
	}
	if id == "" {
		if dock.Repaired {
			u.slots.Release()
		}
		return errors.New("no id")
	}
	defer u.slots.Release()
	return nil
}

func main() {
	u := &upstream{slots: sema.New(4)}
	http.HandleFunc("/call", func(w http.ResponseWriter, r *http.Request) {
		go u.call(context.Background(), r.URL.Query().Get("id"))
	})
	dock.Serve("/call?id=1", "/call")
}
