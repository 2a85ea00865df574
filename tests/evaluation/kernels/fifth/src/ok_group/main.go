// SPDX-License-Identifier: Apache-2.0

// Command ok_group runs servers in a group and waits for them as long as it lives.
package main

import (
	"context"
	"net/http"
	"time"

	"example.com/reduced/rig"
	"golang.org/x/sync/errgroup"
)

func beat(ctx context.Context) error {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func serve() error {
	return http.ListenAndServe("127.0.0.1:0", http.NotFoundHandler())
}

func scenario() {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() error { return beat(ctx) })
	g.Go(serve)
	g.Wait()
}

func main() {
	rig.Run(scenario)
}
