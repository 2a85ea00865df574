// SPDX-License-Identifier: Apache-2.0

// Package segments collects documents in a memtable and compacts old segments now and then.
package segments

import (
	"example.com/harbor/internal/web"
)

type document struct {
	id   int
	text []byte
}

type table struct {
	byID map[int]*document
}

type store struct {
	app    *web.App
	active *table
	sealed []*table
	id     int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &store{app: app, active: &table{byID: make(map[int]*document)}}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			s.put(make([]byte, 300+app.Rand.Intn(900)))
		}
	}}
}

func (s *store) put(text []byte) {
	s.id++
	s.active.byID[s.id%60000] = &document{id: s.id, text: text}
	if len(s.active.byID) < 5000 {
		return
	}
	s.sealed = append(s.sealed, s.active)
	s.active = &table{byID: make(map[int]*document)}
	if len(s.sealed) == 5 {
		s.sealed = append([]*table(nil), s.sealed[3:]...)
	}
}
