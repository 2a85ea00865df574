// SPDX-License-Identifier: Apache-2.0

// Package fanout asks all shards and takes the first answer.
package fanout

import (
	"fmt"
	"net/http"
	"strconv"

	"example.com/harbor/internal/web"
)

type hit struct {
	shard int
	ids   []int32
}

type searcher struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &searcher{app: app}
	app.Handle("/find", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, len(s.find(r.URL.RawQuery).ids))
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/16; i++ {
				app.Call("GET", "/find?"+strconv.Itoa(app.Rand.Intn(5000)), "")
			}
		},
		Held: func() (int64, int64) { return s.lost, s.lost * 2900 },
	}
}

func (s *searcher) find(query string) hit {
	first := make(chan hit)
	if s.app.Fixed {
		first = make(chan hit, 3)
	} else {
		s.lost += 2
	}
	for shard := 0; shard < 3; shard++ {
		go s.ask(shard, query, first)
	}
	return <-first
}

func (s *searcher) ask(shard int, query string, first chan<- hit) {
	first <- hit{shard: shard, ids: make([]int32, 10+len(query))} // @leak
}
