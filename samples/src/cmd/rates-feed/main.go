// SPDX-License-Identifier: Apache-2.0

// Command rates-feed streams exchange rates to long-lived clients.
package main

import (
	"context"
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/rates/api"
	"example.com/fleet/internal/rates/feed"
	"example.com/fleet/internal/rates/pool"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	pairs := flag.Int("pairs", 500, "currency pairs")
	interval := flag.Duration("interval", 2*time.Second, "time between batches of ticks")
	workers := flag.Int("workers", 160, "most conversions at the same time")
	idle := flag.Duration("idle", 90*time.Second, "how long a worker waits before it ends")
	desk := flag.Duration("desk", 1500*time.Millisecond, "how long the dealing desk takes")
	flag.Parse()

	f := feed.New(*pairs)
	p := pool.New(*workers, *idle)
	err := serve.Run(opts, serve.Service{
		Name:    "rates-feed",
		Handler: api.New(f, p, *desk),
		Tasks: []serve.Task{
			func(ctx context.Context) { f.Run(ctx, *interval) },
			p.Close,
			serve.Every(time.Minute, func(time.Time) {
				log.Printf("%d subscribers, %d workers", f.Subscribers(), p.Workers())
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
