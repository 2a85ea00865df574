// SPDX-License-Identifier: Apache-2.0

// Command report-worker makes sales reports from the warehouse.
package main

import (
	"context"
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/report/api"
	"example.com/fleet/internal/report/dataset"
	"example.com/fleet/internal/report/jobs"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	pageDelay := flag.Duration("page-delay", 10*time.Second, "mean time the warehouse takes for a page")
	parallel := flag.Int("parallel", 4, "reports made at the same time")
	customers := flag.Int("customers", 80_000, "rows of the customer table")
	articles := flag.Int("articles", 50_000, "rows of the article table")
	refresh := flag.Duration("refresh", 8*time.Minute, "how often the tables are loaded")
	keep := flag.Duration("keep", 20*time.Minute, "how long a finished report is kept")
	flag.Parse()

	warehouse := dataset.Open(*pageDelay, *customers, *articles)
	runner := jobs.NewRunner(warehouse, 16<<20, *keep)
	err := serve.Run(opts, serve.Service{
		Name:    "report-worker",
		Handler: api.New(runner),
		Tasks: []serve.Task{
			func(ctx context.Context) { runner.Run(ctx, *parallel) },
			serve.Every(*refresh, warehouse.Refresh),
			serve.Every(*keep/10, runner.Sweep),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
