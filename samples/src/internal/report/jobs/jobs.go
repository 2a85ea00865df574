// SPDX-License-Identifier: Apache-2.0

// Package jobs runs reports: one goroutine per warehouse shard collects rows,
// and the last one to finish makes the table.
package jobs

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"

	"example.com/fleet/internal/platform/lru"
	"example.com/fleet/internal/report/dataset"
	"example.com/fleet/internal/report/result"
)

// ErrBusy is returned while too many reports are waiting.
var ErrBusy = errors.New("too many reports are waiting")

// Order says what a report is to cover.
type Order struct {
	ID     uint64 `json:"-"`
	Shards int    `json:"shards"`
	Pages  int    `json:"pages"`
	Rows   int    `json:"rows"` // of a page
}

// Runner works orders off.
type Runner struct {
	warehouse *dataset.Warehouse
	queue     chan Order
	results   *lru.Cache[uint64, *result.Table]
}

// NewRunner returns a runner that keeps finished reports for keep.
func NewRunner(w *dataset.Warehouse, keepBytes int64, keep time.Duration) *Runner {
	return &Runner{
		warehouse: w,
		queue:     make(chan Order, 64),
		results:   lru.New[uint64, *result.Table](keepBytes, keep),
	}
}

// Submit queues an order.
func (r *Runner) Submit(o Order) error {
	select {
	case r.queue <- o:
		return nil
	default:
		return ErrBusy
	}
}

// Result returns a finished report.
func (r *Runner) Result(id uint64) (*result.Table, bool) { return r.results.Get(id) }

// Sweep drops reports that nobody has fetched in time.
func (r *Runner) Sweep(now time.Time) { r.results.Sweep(now) }

// Run works orders off until ctx is done, up to parallel at the same time.
func (r *Runner) Run(ctx context.Context, parallel int) {
	slots := make(chan struct{}, parallel)
	var running sync.WaitGroup
	defer running.Wait()
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		select {
		case o := <-r.queue:
			running.Add(1)
			go func() {
				defer running.Done()
				defer func() { <-slots }()
				r.report(ctx, o)
			}()
		case <-ctx.Done():
			return
		}
	}
}

func (r *Runner) report(ctx context.Context, o Order) {
	started := time.Now()
	shards := make([][]dataset.Row, o.Shards)
	errs := make([]error, o.Shards)
	var collecting sync.WaitGroup
	for i := 0; i < o.Shards; i++ {
		collecting.Add(1)
		go func(i int) {
			defer collecting.Done()
			shards[i], errs[i] = r.collect(ctx, o, i)
		}(i)
	}
	collecting.Wait()
	for _, err := range errs {
		if err != nil {
			log.Printf("report %d: %v", o.ID, err)
			return
		}
	}
	t := result.Make(r.warehouse.Names(), shards)
	r.results.Put(o.ID, t, int64(len(t.Bytes)))
	log.Printf("report %d: %d rows of %d shards in %v", o.ID, t.Rows, o.Shards, time.Since(started).Round(time.Millisecond))
}

func (r *Runner) collect(ctx context.Context, o Order, shard int) ([]dataset.Row, error) {
	var rows []dataset.Row
	var err error
	for page := 0; page < o.Pages; page++ {
		if rows, err = r.warehouse.Page(ctx, shard, page, o.Rows, rows); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
