// SPDX-License-Identifier: Apache-2.0

// Command mail-relay sends tenants' mailings through a mail provider and
// reports the outcome of each recipient.
package main

import (
	"context"
	"flag"
	"log"
	"strings"
	"time"

	"example.com/fleet/internal/mail/api"
	"example.com/fleet/internal/mail/outbox"
	"example.com/fleet/internal/mail/provider"
	"example.com/fleet/internal/mail/receipts"
	"example.com/fleet/internal/mail/suppress"
	"example.com/fleet/internal/mail/template"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	partners := flag.String("partners", "http://127.0.0.1:18099", "base URL of the mail provider")
	workers := flag.Int("workers", 8, "mailings submitted at the same time")
	suppressed := flag.Int("suppressed", 400_000, "addresses on the suppression list")
	templateTTL := flag.Duration("template-ttl", 10*time.Minute, "how long a parsed template is kept")
	digests := flag.String("digests", "t00,t03,t07", "tenants that get a digest of their receipts")
	digestEvery := flag.Duration("digest-every", 5*time.Minute, "time between digests")
	flag.Parse()

	book := receipts.NewBook()
	templates := template.NewLibrary(24<<20, *templateTTL)
	box := outbox.New(256, templates, suppress.NewList(*suppressed), provider.New(*partners), book)

	err := serve.Run(opts, serve.Service{
		Name:    "mail-relay",
		Handler: api.New(box),
		Tasks: []serve.Task{
			func(ctx context.Context) { box.Run(ctx, *workers) },
			serve.Every(*templateTTL/4, templates.Sweep),
			serve.Every(*digestEvery, func(time.Time) {
				for _, tenant := range strings.Split(*digests, ",") {
					d := book.Digest(tenant)
					log.Printf("digest for %s: %d delivered, %d deferred, %d bounced, slowest %v",
						d.Tenant, d.Delivered, d.Deferred, d.Bounced, d.Slowest.Round(time.Millisecond))
				}
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
