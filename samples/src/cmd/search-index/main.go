// SPDX-License-Identifier: Apache-2.0

// Command search-index answers full text searches over the newest documents.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/search/api"
	"example.com/fleet/internal/search/index"
	"example.com/fleet/internal/search/query"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	memBytes := flag.Int("mem-bytes", 28<<20, "size at which the memtable is sealed")
	segments := flag.Int("segments", 3, "sealed segments that stay searchable")
	answerBytes := flag.Int64("answer-bytes", 10<<20, "memory for cached answers")
	answerTTL := flag.Duration("answer-ttl", 5*time.Minute, "how long an answer is served from memory")
	flag.Parse()

	x := index.New(*memBytes, *segments)
	engine := query.New(x, *answerBytes, *answerTTL)
	err := serve.Run(opts, serve.Service{
		Name:    "search-index",
		Handler: api.New(x, engine),
		Tasks:   []serve.Task{serve.Every(*answerTTL/5, engine.Sweep)},
	})
	if err != nil {
		log.Fatal(err)
	}
}
