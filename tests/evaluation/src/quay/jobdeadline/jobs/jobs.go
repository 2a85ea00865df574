// SPDX-License-Identifier: Apache-2.0
package jobs

import (
	"context"
	"time"
)

type Runner struct {
	base   context.Context
	Strict bool
	Done   int
}

func New(base context.Context) *Runner { return &Runner{base: base} }

// Run does one job; it may take until tomorrow, though it never does.
func (r *Runner) Run(payload []byte) {
	ctx, cancel := context.WithDeadline(r.base, time.Now().Add(20*time.Hour)) // @leak
	if r.Strict {
		defer cancel()
	}
	r.step(context.WithValue(ctx, r, payload))
	_ = cancel
}

func (r *Runner) step(ctx context.Context) {
	sub, cancel := context.WithCancel(ctx) // @also
	if r.Strict {
		defer cancel()
	}
	if sub.Err() == nil {
		r.Done++
	}
	_ = cancel
}
