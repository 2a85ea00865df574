// SPDX-License-Identifier: Apache-2.0

// Package index finds articles by what people typed.
package index

import (
	"fmt"
	"net/http"
	"strings"
	"sync"

	"example.com/harbor/internal/web"
)

type entry struct {
	article int32
	uses    uint32
}

type spelling struct {
	app  *web.App
	mu   sync.Mutex
	byIn map[string]entry
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &spelling{app: app, byIn: make(map[string]entry)}
	app.Handle("/typed", s.typed)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*20; i++ {
				app.Call("GET", fmt.Sprintf("/typed?q=word%d-%d", app.Rand.Intn(4000), app.Rand.Intn(60000)), "")
			}
		},
		Held: func() (int64, int64) { return int64(len(s.byIn)), int64(len(s.byIn)) * 80 },
	}
}

func (s *spelling) typed(w http.ResponseWriter, r *http.Request) {
	word := strings.Clone(r.URL.Query().Get("q")) // @also
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.byIn[word]
	e.uses++
	e.article = int32(len(word))
	s.byIn[word] = e // @leak
	if s.app.Fixed && len(s.byIn) > 8000 {
		s.byIn = make(map[string]entry)
	}
	w.WriteHeader(http.StatusNoContent)
}
