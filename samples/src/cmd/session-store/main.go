// SPDX-License-Identifier: Apache-2.0

// Command session-store signs users in and answers who a session belongs to.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/platform/serve"
	"example.com/fleet/internal/session/api"
	"example.com/fleet/internal/session/directory"
	"example.com/fleet/internal/session/store"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	lifetime := flag.Duration("lifetime", 12*time.Minute, "how long a session lasts")
	reap := flag.Duration("reap", 30*time.Second, "how often expired sessions are removed")
	userTTL := flag.Duration("user-ttl", 15*time.Minute, "how long a directory entry is cached")
	flag.Parse()

	sessions := store.New()
	users := directory.New(20<<20, *userTTL)
	err := serve.Run(opts, serve.Service{
		Name:    "session-store",
		Handler: api.New(sessions, users, *lifetime),
		Tasks: []serve.Task{
			serve.Every(*reap, func(now time.Time) {
				n := sessions.Reap(now)
				log.Printf("reaped %d sessions, %d left", n, sessions.Len())
			}),
			serve.Every(*userTTL/5, users.Sweep),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
