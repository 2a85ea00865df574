// SPDX-License-Identifier: Apache-2.0

// Command catalog-cache serves products from memory.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/catalog/api"
	"example.com/fleet/internal/catalog/cache"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	cacheBytes := flag.Int64("cache-bytes", 48<<20, "memory for products")
	flag.Parse()

	c := cache.New(*cacheBytes)
	err := serve.Run(opts, serve.Service{
		Name:    "catalog-cache",
		Handler: api.New(c),
		Tasks: []serve.Task{
			serve.Every(2*time.Minute, func(time.Time) {
				s := c.Stats()
				log.Printf("%d products, %d of %d bytes, %d hits, %d misses, %d evicted",
					s.Len, s.Cost, s.MaxCost, s.Hits, s.Misses, s.Evicted)
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
