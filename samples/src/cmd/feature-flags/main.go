// SPDX-License-Identifier: Apache-2.0

// Command feature-flags evaluates feature flags and counts exposures.
package main

import (
	"flag"
	"log"
	"time"

	"example.com/fleet/internal/flags/api"
	"example.com/fleet/internal/flags/exposure"
	"example.com/fleet/internal/flags/rules"
	"example.com/fleet/internal/platform/serve"
)

func main() {
	opts := serve.BindFlags(flag.CommandLine)
	projects := flag.Int("projects", 120, "number of projects")
	poll := flag.Duration("poll", 2*time.Minute, "how often the published flags are fetched")
	flush := flag.Duration("flush", time.Minute, "how often exposures are reported")
	flag.Parse()

	source := rules.NewSource(*projects)
	tracker := exposure.NewTracker()
	err := serve.Run(opts, serve.Service{
		Name:    "feature-flags",
		Handler: api.New(source, tracker),
		Tasks: []serve.Task{
			serve.Every(*poll, source.Poll),
			serve.Every(*flush, func(time.Time) {
				var subjects int64
				rows := tracker.Flush()
				for _, row := range rows {
					subjects += row.Subjects
				}
				log.Printf("%d new exposures in %d experiments", subjects, len(rows))
			}),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}
