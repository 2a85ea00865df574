// SPDX-License-Identifier: Apache-2.0

// Command audit-log keeps tamper-evident audit journals.
package main

import (
	"context"
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/audit/actors"
	"example.com/fleet/internal/audit/api"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	dir := flag.String("dir", "segments", "directory of the segment files")
	people := flag.Int("actors", 90_000, "size of the actor directory")
	imports := flag.Duration("actor-import", 10*time.Minute, "how often the actor directory is imported")
	flush := flag.Duration("flush", 20*time.Second, "how often entries are written to segments")
	flag.Parse()

	directory := actors.NewDirectory(*people)
	a := api.New(*dir, directory)
	err := serve.Run(opts, serve.Service{
		Name:    "audit-log",
		Handler: a.Handler(),
		Tasks: []serve.Task{
			func(ctx context.Context) { a.FlushLoop(ctx, *flush) },
			serve.Every(*imports, directory.Import),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
