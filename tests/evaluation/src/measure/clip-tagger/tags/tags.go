// SPDX-License-Identifier: Apache-2.0

// Package tags asks a tagger for each language, one goroutine each, what a clip is about.
package tags

import (
	"fmt"
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type request struct {
	clip  string
	reply chan []string
}

type tagger struct {
	desk    *press.Desk
	inbox   chan request
	waiting *int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	waiting := new(int64)
	taggers := make([]*tagger, 14)
	for i := range taggers {
		taggers[i] = &tagger{desk: desk, inbox: make(chan request), waiting: waiting}
		go taggers[i].run()
	}
	desk.On("TAG", func(a *press.Ask) { taggers[desk.Rand.Intn(14)].ask(a.Body) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/40; i++ {
				desk.Send("TAG", "uploader", fmt.Sprint("clip ", desk.Rand.Intn(40000)))
			}
			time.Sleep(12 * time.Second)
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(waiting); return n, n * 2800 },
	}
}

func (t *tagger) ask(clip string) []string {
	r := request{clip: clip, reply: make(chan []string)}
	if t.desk.Fixed {
		r.reply = make(chan []string, 1)
	}
	atomic.AddInt64(t.waiting, 1)
	t.inbox <- r // @leak
	atomic.AddInt64(t.waiting, -1)
	select {
	case tags := <-r.reply:
		return tags
	case <-time.After(2 * time.Second):
		return nil
	}
}

// run stands still for ever when whoever asked has gone.
func (t *tagger) run() {
	for r := range t.inbox {
		if len(r.clip) == 8 { // some clips are long
			time.Sleep(3 * time.Second)
		}
		r.reply <- []string{"music", r.clip} // @also
	}
}
