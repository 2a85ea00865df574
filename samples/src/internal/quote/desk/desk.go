// SPDX-License-Identifier: Apache-2.0

// Package desk answers quote requests within a deadline, from a short-lived
// cache where possible and from the exchange otherwise.
package desk

import (
	"context"
	"time"

	"example.com/fleet/internal/platform/lru"
	"example.com/fleet/internal/quote/board"
	"example.com/fleet/internal/quote/upstream"
)

const quoteCost = 640

// Desk is safe for concurrent use.
type Desk struct {
	exchange *upstream.Client
	board    *board.Board
	fresh    *lru.Cache[string, *upstream.Quote]
	deadline time.Duration
	guard    guard
}

// New returns a desk that gives the exchange at most deadline for an answer.
func New(exchange *upstream.Client, b *board.Board, deadline, freshness time.Duration) *Desk {
	return &Desk{
		exchange: exchange,
		board:    b,
		fresh:    lru.New[string, *upstream.Quote](8<<20, freshness),
		deadline: deadline,
	}
}

type outcome struct {
	quote *upstream.Quote
	err   error
}

// Quote returns the quote of symbol, or an error when ctx ends or the exchange
// takes too long.
func (d *Desk) Quote(ctx context.Context, symbol string) (*upstream.Quote, error) {
	if q, ok := d.fresh.Get(symbol); ok {
		return q, nil
	}
	if err := d.guard.allow(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, d.deadline)
	defer cancel()

	answer := make(chan outcome)
	go func() {
		q, err := d.exchange.Get(symbol)
		answer <- outcome{q, err}
	}()

	select {
	case o := <-answer:
		d.guard.done(o.err)
		if o.err != nil {
			return nil, o.err
		}
		d.fresh.Put(symbol, o.quote, quoteCost)
		d.board.Record(o.quote)
		return o.quote, nil
	case <-ctx.Done():
		d.guard.done(ctx.Err())
		return nil, ctx.Err()
	}
}

// Sweep drops quotes that are no longer fresh.
func (d *Desk) Sweep(now time.Time) { d.fresh.Sweep(now) }
