// SPDX-License-Identifier: Apache-2.0

// Command stream-gateway streams topic events to clients.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/stream/api"
	"example.com/fleet/internal/stream/hub"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	replay := flag.Int("replay-depth", 60, "events kept per topic for late joiners")
	flag.Parse()

	h := hub.New(*replay)
	err := serve.Run(opts, serve.Service{
		Name:    "stream-gateway",
		Handler: api.New(h),
		Tasks: []serve.Task{
			serve.Every(time.Minute, func(time.Time) {
				topics, sessions := h.Counts()
				log.Printf("%d topics, %d sessions", topics, sessions)
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
