// SPDX-License-Identifier: Apache-2.0

// Command quote-proxy answers quote requests in front of a slow exchange.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/quote/api"
	"example.com/fleet/internal/quote/board"
	"example.com/fleet/internal/quote/desk"
	"example.com/fleet/internal/quote/upstream"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	exchange := flag.String("partners", "http://127.0.0.1:18099", "base URL of the exchange")
	instruments := flag.Int("instruments", 4000, "size of the instrument directory")
	deadline := flag.Duration("deadline", 250*time.Millisecond, "how long a quote may take")
	freshness := flag.Duration("freshness", 20*time.Second, "how long a quote is served from memory")
	flag.Parse()

	b := board.New(*instruments)
	d := desk.New(upstream.New(*exchange), b, *deadline, *freshness)
	err := serve.Run(opts, serve.Service{
		Name:    "quote-proxy",
		Handler: api.New(d, b),
		Tasks:   []serve.Task{serve.Every(*freshness, d.Sweep)},
	})
	if err != nil {
		log.Fatal(err)
	}
}
