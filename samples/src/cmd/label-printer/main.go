// SPDX-License-Identifier: Apache-2.0

// Command label-printer draws parcel labels and keeps the newest for printing again.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/labels/api"
	"example.com/fleet/internal/labels/proof"
	"example.com/fleet/internal/labels/spool"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	again := flag.Int("again", 1500, "labels that can be printed again")
	flag.Parse()

	queue := spool.New(*again)
	proofs := proof.New()
	err := serve.Run(opts, serve.Service{
		Name:    "label-printer",
		Handler: api.New(queue, proofs),
		Tasks: []serve.Task{
			serve.Every(time.Minute, func(time.Time) {
				log.Printf("%d labels can be printed again, %d proofs wait for their manifest",
					queue.Len(), proofs.Len())
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
