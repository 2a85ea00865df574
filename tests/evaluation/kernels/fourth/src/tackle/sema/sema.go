// SPDX-License-Identifier: Apache-2.0

// Package sema is a counting semaphore that honours a context.
package sema

import "context"

// Weighted has so many slots.
type Weighted struct{ slots chan struct{} }

// New has n.
func New(n int) *Weighted { return &Weighted{slots: make(chan struct{}, n)} }

// Acquire takes one.
func (w *Weighted) Acquire(ctx context.Context) error {
	select {
	case w.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Release gives it back.
func (w *Weighted) Release() { <-w.slots }
