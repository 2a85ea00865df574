// SPDX-License-Identifier: Apache-2.0

// Package merge puts the feeds of publishers together in order, and shows the first page of it.
package merge

import (
	"fmt"
	"iter"

	"example.net/lantern/internal/press"
)

type record struct {
	price int
	title string
}

type feed struct {
	name    string
	records []record
}

type merger struct {
	desk  *press.Desk
	feeds []*feed
	open  int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	m := &merger{desk: desk}
	for i := 0; i < 12; i++ {
		f := &feed{name: fmt.Sprint("publisher ", i)}
		for j := 0; j < 200; j++ {
			f.records = append(f.records, record{price: j*12 + i, title: fmt.Sprint("title ", j)})
		}
		m.feeds = append(m.feeds, f)
	}
	desk.On("MERGE", func(*press.Ask) { m.first(30) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/150; i++ {
				desk.Ask("MERGE", "browser", "price")
			}
		},
		Held: func() (int64, int64) { return m.open, m.open * 2800 },
	}
}

func (f *feed) each(limit int) iter.Seq[record] {
	return func(yield func(record) bool) {
		line := make([]byte, 0, 1500)
		for _, r := range f.records {
			line = append(line[:0], r.title...)
			if r.price <= limit && !yield(r) { // @leak
				return
			}
		}
	}
}

// first pulls from all feeds and does not stop those that have more.
func (m *merger) first(n int) []record {
	var page []record
	for _, f := range m.feeds {
		next, stop := iter.Pull(f.each(1 << 20)) // @also
		if m.desk.Fixed {
			defer stop()
		} else {
			m.open++
		}
		for i := 0; i < n/len(m.feeds); i++ {
			if r, ok := next(); ok {
				page = append(page, r)
			}
		}
	}
	return page
}
