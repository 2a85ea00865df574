// SPDX-License-Identifier: Apache-2.0

// Package studio keeps what each recording session has open.
package studio

import (
	"fmt"
	"strings"

	"example.net/lantern/internal/press"
)

type session struct {
	tracks   [60]int64
	producer string
}

type studio struct {
	desk *press.Desk
	live map[string]*session
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &studio{desk: desk, live: make(map[string]*session)}
	desk.On("BEGIN", func(a *press.Ask) { s.begin(a.Who) })
	desk.On("END", func(a *press.Ask) { s.end(a.Who) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				id := fmt.Sprintf("Room%d-%x", desk.Rand.Intn(30), desk.Rand.Int63())
				desk.Ask("BEGIN", id, "record")
				desk.Ask("END", id, "stop")
			}
		},
		Held: func() (int64, int64) { return int64(len(s.live)), int64(len(s.live)) * 650 },
	}
}

func (s *studio) begin(id string) {
	if s.desk.Fixed {
		id = strings.ToLower(id)
	}
	s.live[id] = &session{producer: "producer of " + id} // @leak
}

// end gets its name from a header, which proxies write in lower case.
func (s *studio) end(id string) {
	delete(s.live, strings.ToLower(id))
}
