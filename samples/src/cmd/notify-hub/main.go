// SPDX-License-Identifier: Apache-2.0

// Command notify-hub sends push notifications and follows up their receipts.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"time"

	"example.com/fleet/internal/notify/api"
	"example.com/fleet/internal/notify/bus"
	"example.com/fleet/internal/notify/registry"
	"example.com/fleet/internal/notify/sender"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	deviceBytes := flag.Int64("device-bytes", 28<<20, "memory for cached devices")
	deviceTTL := flag.Duration("device-ttl", 20*time.Minute, "how long a device is cached")
	flag.Parse()

	devices := registry.New(*deviceBytes, *deviceTTL)
	out := sender.New(io.Discard, 1024) // the bench has no push network
	err := serve.Run(opts, serve.Service{
		Name:    "notify-hub",
		Handler: api.New(devices, bus.New(), out),
		Tasks: []serve.Task{
			func(ctx context.Context) { out.Run(ctx, 200*time.Millisecond) },
			serve.Every(*deviceTTL/8, devices.Sweep),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
