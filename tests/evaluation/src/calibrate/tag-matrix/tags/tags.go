// SPDX-License-Identifier: Apache-2.0

// Package tags counts words for each tag; a tag is anything that a customer types.
package tags

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type matrix struct {
	app  *web.App
	tags map[string]map[string]int
	next int
}

// New returns the service.
func New(app *web.App) web.Service {
	m := &matrix{app: app, tags: make(map[string]map[string]int)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				m.next++
				m.count(fmt.Sprint("tag ", m.next))
			}
			if app.Fixed {
				m.tags = make(map[string]map[string]int)
			}
		},
		Held: func() (int64, int64) { n := int64(len(m.tags)); return n, n * 600 },
	}
}

func (m *matrix) count(tag string) {
	words := m.tags[tag]
	if words == nil {
		words = make(map[string]int)
		m.tags[tag] = words // @also
	}
	for _, w := range []string{"blue", "red", "small", "large", "new", "old", "sale", "soon", "gone", "left"} {
		words[w]++ // @leak
	}
}
