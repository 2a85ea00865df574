// SPDX-License-Identifier: Apache-2.0

// Package patterns matches alarms by rules that people write.
package patterns

import (
	"fmt"
	"regexp"
	"sync"

	"example.org/meadow/internal/broker"
)

type matcher struct {
	node     *broker.Node
	mu       sync.Mutex
	compiled map[string]*regexp.Regexp
	matched  int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	m := &matcher{node: node, compiled: make(map[string]*regexp.Regexp)}
	node.On("alarm", m.alarm)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/8; i++ {
				node.Publish("alarm", uint64(node.Rand.Int63n(1<<40)), "pressure of tank 7 is low")
			}
		},
		Held: func() (int64, int64) { return int64(len(m.compiled)), int64(len(m.compiled)) * 5000 },
	}
}

// alarm has the device in the rule, so there are as many rules as devices that ever were.
func (m *matcher) alarm(msg *broker.Message) {
	rule := fmt.Sprintf(`^device-%x: (pressure|flow) of (\w+ \d+) is (low|high)$`, msg.Key)
	if m.rule(rule).Match(msg.Body) {
		m.matched++
	}
}

func (m *matcher) rule(text string) *regexp.Regexp {
	m.mu.Lock()
	defer m.mu.Unlock()
	if re := m.compiled[text]; re != nil {
		return re
	}
	if m.node.Fixed && len(m.compiled) > 200 {
		m.compiled = make(map[string]*regexp.Regexp)
	}
	re := regexp.MustCompile(text) // @leak
	m.compiled[text] = re          // @also
	return re
}
