// SPDX-License-Identifier: Apache-2.0

// Command watchcache waits no longer than a request may take; the list that comes later finds nobody.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(timeout|receiv|buffer)
package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"example.org/depot/port"
)

type storage struct {
	lag time.Duration
}

func (s *storage) list(kind string) []string {
	time.Sleep(s.lag)
	return []string{kind + "-1", kind + "-2"}
}

type cacher struct {
	storage *storage
}

func (c *cacher) fresh(ctx context.Context, kind string) ([]string, error) {
	result := make(chan []string)
	go func() {
		result <- c.storage.list(kind) // <- here
	}()
	select {
	case items := <-result:
		return items, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func main() {
	c := &cacher{storage: &storage{lag: 300 * time.Millisecond}}
	http.HandleFunc("/list", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 50*time.Millisecond)
		defer cancel()
		items, err := c.fresh(ctx, "pod")
		fmt.Fprintln(w, items, err)
	})
	port.Run("/list")
}
