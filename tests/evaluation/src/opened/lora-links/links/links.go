// SPDX-License-Identifier: Apache-2.0

// Package links pings each connection by a ticker that outlives it.
package links

import (
	"time"

	"example.org/meadow/internal/broker"
)

type link struct {
	ping  *time.Ticker
	bytes [40]byte
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	opened := int64(0)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*4; i++ {
				l := open()
				l.bytes[0]++
				if node.Fixed {
					l.ping.Stop()
				} else {
					opened++
				}
			}
		},
		Held: func() (int64, int64) { return opened, opened * 210 },
	}
}

func open() *link {
	return &link{ping: time.NewTicker(30 * 24 * time.Hour)} // @leak
}
