// SPDX-License-Identifier: Apache-2.0

// Command doc-preview serves excerpts and page previews of uploaded documents.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/preview/api"
	"example.com/fleet/internal/preview/excerpt"
	"example.com/fleet/internal/preview/render"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	documents := flag.Int("documents", 50_000, "documents that an excerpt is kept of")
	pageBytes := flag.Int64("page-bytes", 24<<20, "memory for drawn pages")
	pageTTL := flag.Duration("page-ttl", 12*time.Minute, "how long a drawn page is kept")
	flag.Parse()

	excerpts := excerpt.NewIndex(*documents)
	renderer := render.New(*pageBytes, *pageTTL)
	err := serve.Run(opts, serve.Service{
		Name:    "doc-preview",
		Handler: api.New(excerpts, renderer),
		Tasks: []serve.Task{
			serve.Every(*pageTTL/6, renderer.Sweep),
			serve.Every(time.Minute, func(time.Time) {
				n, text := excerpts.Usage()
				log.Printf("%d excerpts, %d bytes of text", n, text)
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
