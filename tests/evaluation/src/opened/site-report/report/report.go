// SPDX-License-Identifier: Apache-2.0

// Package report writes reports of sites.
package report

import (
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type line struct {
	site  string
	total float64
	marks [6]int32
}

type reports struct {
	node *broker.Node
	sent []*line
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	r := &reports{node: node}
	node.On("report", r.report)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				node.Publish("report", uint64(node.Rand.Int31()), "site")
			}
			if node.Fixed {
				r.sent = nil
			}
		},
		Held: func() (int64, int64) { return int64(len(r.sent)), int64(len(r.sent))*72 + r.lost*2600 },
	}
}

func (r *reports) report(m *broker.Message) {
	for i := 0; i < 6; i++ {
		r.sent = append(r.sent, &line{site: m.Topic, total: float64(i)}) // @leak
	}
	if m.Key%40 == 0 {
		r.mail()
	}
}

// mail waits for a receipt from a printer that was taken out of service.
func (r *reports) mail() {
	var printer chan int
	if r.node.Fixed {
		printer = make(chan int, 1)
	} else {
		atomic.AddInt64(&r.lost, 1)
	}
	go func() {
		printer <- 1 // @leak2
	}()
}
