// SPDX-License-Identifier: Apache-2.0

// Package split cuts books into chapters, a few at a time.
package split

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

var errEncrypted = errors.New("encrypted")

type splitter struct {
	desk    *press.Desk
	slots   chan struct{}
	waiting int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &splitter{desk: desk, slots: make(chan struct{}, 20)}
	desk.On("SPLIT", func(a *press.Ask) {
		if n, err := s.split(a.Body); err == nil {
			desk.Works.Any(desk.Rand).Chapters[0].Words = n
		}
	})
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/30; i++ {
				desk.Send("SPLIT", "author", fmt.Sprint("book-", desk.Rand.Intn(9000)))
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&s.waiting); return n, n * 2900 },
	}
}

func (s *splitter) split(book string) (int, error) {
	atomic.AddInt64(&s.waiting, 1)
	s.slots <- struct{}{} // @leak
	atomic.AddInt64(&s.waiting, -1)
	if book[len(book)-1] == '1' {
		if s.desk.Fixed {
			<-s.slots
		}
		return 0, errEncrypted // and the slot stays taken
	}
	time.Sleep(50 * time.Microsecond)
	<-s.slots
	return len(book), nil
}
