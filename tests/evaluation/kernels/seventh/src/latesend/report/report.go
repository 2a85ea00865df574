// SPDX-License-Identifier: Apache-2.0

// Package report builds reports in time or not at all.
package report

import (
	"context"
	"fmt"
	"time"

	"example.com/flock/rig"
)

// Service builds.
type Service struct{ Cost time.Duration }

type result struct {
	text string
	err  error
}

// Build waits for a report as long as its caller wants to.
func (s Service) Build(ctx context.Context, n int) (string, error) {
	return withDeadline(ctx, func() (string, error) {
		time.Sleep(s.Cost)
		return fmt.Sprint("report ", n), nil
	})
}

func withDeadline(ctx context.Context, f func() (string, error)) (string, error) {
	results := make(chan result)
	if rig.Repaired {
		results = make(chan result, 1)
	}
	go func() {
		text, err := f()
		results <- result{text, err} // <- here
	}()
	select {
	case r := <-results:
		return r.text, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
