// SPDX-License-Identifier: Apache-2.0

// Package transcript keeps what was said on the console of a device.
package transcript

import (
	"fmt"
	"strings"
	"sync"

	"example.org/meadow/internal/broker"
)

type consoles struct {
	node     *broker.Node
	mu       sync.Mutex
	byDevice map[uint64]*strings.Builder
	said     int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	c := &consoles{node: node, byDevice: make(map[uint64]*strings.Builder)}
	node.On("console", c.console)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				node.Publish("console", uint64(node.Rand.Intn(260)), fmt.Sprintf("show interface %d counters detail", i))
			}
		},
		Held: func() (int64, int64) { return int64(len(c.byDevice)), c.said },
	}
}

func (c *consoles) console(m *broker.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.byDevice[m.Key]
	if t == nil || c.node.Fixed && t.Len() > 4000 {
		t = new(strings.Builder)
		c.byDevice[m.Key] = t
	}
	c.answer(t, m)
}

func (c *consoles) answer(t *strings.Builder, m *broker.Message) {
	before := t.Len()
	t.WriteString("> ")                                                          // @also
	t.Write(m.Body)                                                              // @also
	t.WriteString("\n% ok, and a line of what the device has to say about it\n") // @leak
	c.said += int64(t.Len() - before)
}
