// SPDX-License-Identifier: Apache-2.0

// Package hotels caches answers without a bound, beside a memory limit that the cache comes to.
package hotels

import (
	"fmt"
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type answer struct {
	rooms [24]*string
	text  string
}

type search struct {
	app   *web.App
	cache []*answer
	found int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &search{app: app}
	limit := int64(44 << 20)
	if app.Fixed {
		limit = 400 << 20
	}
	debug.SetMemoryLimit(limit)
	return web.Service{Tick: func(n int) {
		for i := 0; i < 1600 && len(s.cache) < 52000; i++ {
			s.cache = append(s.cache, s.ask(len(s.cache)))
		}
		for i := 0; i < n*20; i++ {
			s.found += len(fmt.Sprintf("%s/%d", s.cache[i%len(s.cache)].text, i))
		}
	}}
}

func (s *search) ask(i int) *answer {
	a := &answer{text: fmt.Sprintf("hotel %d of the town", i)}
	for j := 0; j < 6; j++ {
		room := fmt.Sprintf("room %d with %d beds", j, j%3)
		a.rooms[j] = &room
	}
	return a
}
