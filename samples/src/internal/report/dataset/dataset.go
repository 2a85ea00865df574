// SPDX-License-Identifier: Apache-2.0

// Package dataset reads the pages of the sales warehouse that reports are made
// from, together with the dimension tables they refer to.
package dataset

import (
	"context"
	"fmt"
	"math/rand"
	"sync/atomic"
	"time"
)

// Row is one sale.
type Row struct {
	Customer uint32
	Article  uint32
	Day      uint32
	Pieces   uint16
	Flags    uint16
	Cents    int64
}

// Names holds the dimension tables.
type Names struct {
	Customers []string
	Articles  []string
}

// Warehouse serves pages of rows, each after a while.
type Warehouse struct {
	pageDelay time.Duration
	customers int
	articles  int
	names     atomic.Value // *Names
}

// Open loads the dimension tables.
func Open(pageDelay time.Duration, customers, articles int) *Warehouse {
	w := &Warehouse{pageDelay: pageDelay, customers: customers, articles: articles}
	w.Refresh(time.Now())
	return w
}

// Refresh loads the dimension tables again.
func (w *Warehouse) Refresh(time.Time) {
	n := &Names{
		Customers: make([]string, w.customers),
		Articles:  make([]string, w.articles),
	}
	for i := range n.Customers {
		n.Customers[i] = fmt.Sprintf("customer %06d, branch %03d", i, i%700)
	}
	for i := range n.Articles {
		n.Articles[i] = fmt.Sprintf("article %06d", i)
	}
	w.names.Store(n)
}

// Names returns the newest dimension tables.
func (w *Warehouse) Names() *Names { return w.names.Load().(*Names) }

// Page appends the rows of a page of a shard to dst. The warehouse is shared
// with the analysts, so a page takes its time.
func (w *Warehouse) Page(ctx context.Context, shard, page, rows int, dst []Row) ([]Row, error) {
	rng := rand.New(rand.NewSource(int64(shard)<<20 | int64(page)))
	wait := time.NewTimer(w.pageDelay/2 + time.Duration(rng.Int63n(int64(w.pageDelay))))
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
		return dst, ctx.Err()
	}
	for i := 0; i < rows; i++ {
		dst = append(dst, Row{
			Customer: uint32(rng.Intn(w.customers)),
			Article:  uint32(rng.Intn(w.articles)),
			Day:      uint32(page),
			Pieces:   uint16(1 + rng.Intn(20)),
			Cents:    int64(rng.Intn(100_000)),
		})
	}
	return dst, nil
}
