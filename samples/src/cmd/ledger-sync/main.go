// SPDX-License-Identifier: Apache-2.0

// Command ledger-sync books posting batches and serves account statements.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/ledger/api"
	"example.com/fleet/internal/ledger/book"
	"example.com/fleet/internal/ledger/fx"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	accounts := flag.Int("accounts", 60_000, "accounts in the book")
	ratesEvery := flag.Duration("rates-every", 3*time.Minute, "how often exchange rates are loaded")
	flag.Parse()

	rates := fx.New(time.Now())
	b := book.New(*accounts, rates)
	err := serve.Run(opts, serve.Service{
		Name:    "ledger-sync",
		Handler: api.New(b),
		Tasks: []serve.Task{
			serve.Every(*ratesEvery, rates.Load),
			serve.Every(5*time.Minute, func(time.Time) {
				accounts, entries, balance := b.Totals()
				log.Printf("%d accounts, %d entries, balance %d", accounts, entries, balance)
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
