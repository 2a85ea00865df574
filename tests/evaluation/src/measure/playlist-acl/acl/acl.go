// SPDX-License-Identifier: Apache-2.0

// Package acl says who may hear which playlist. It asks for roles while it holds the lock.
package acl

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type school struct {
	mu     sync.RWMutex
	grants map[string]int
	busy   int32
}

type acl struct {
	desk    *press.Desk
	schools [60]school
	waiting int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	a := &acl{desk: desk}
	for i := range a.schools {
		a.schools[i].grants = map[string]int{"staff": 3, "guest": 1}
	}
	desk.On("MAY", func(q *press.Ask) { a.may(len(q.Body)%60, q.Who) })
	desk.On("GRANT", func(q *press.Ask) { a.grant(len(q.Body)%60, q.Who) })
	ticks := 0
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/25; i++ {
				desk.Send("MAY", "pupil", fmt.Sprintf("%*s", 100+desk.Rand.Intn(60), "."))
			}
			if ticks++; ticks%12 == 0 { // a teacher changes something just while somebody asks
				at := fmt.Sprintf("%*s", 100+desk.Rand.Intn(60), ".")
				desk.Send("MAY", "pupil", at)
				desk.Send("GRANT", "teacher", at)
			}
			time.Sleep(5 * time.Millisecond)
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&a.waiting); return n, n * 3000 },
	}
}

func (a *acl) may(at int, who string) int {
	s := &a.schools[at]
	atomic.AddInt64(&a.waiting, 1)
	defer atomic.AddInt64(&a.waiting, -1)
	if a.desk.Fixed {
		role := a.role(s, who)
		s.mu.RLock()
		defer s.mu.RUnlock()
		return role + s.grants["guest"]
	}
	s.mu.RLock() // @leak
	defer s.mu.RUnlock()
	return a.role(s, who) + s.grants["guest"]
}

func (a *acl) role(s *school, who string) int {
	time.Sleep(time.Millisecond) // the directory answers
	s.mu.RLock()                 // @also
	defer s.mu.RUnlock()
	return s.grants[who]
}

func (a *acl) grant(at int, who string) {
	s := &a.schools[at]
	s.mu.Lock() // @also
	s.grants[who]++
	s.mu.Unlock()
}
