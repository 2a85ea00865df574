// SPDX-License-Identifier: Apache-2.0

// Package ledger books payments of all shops under one lock.
package ledger

import (
	"runtime"
	"sync"
	"time"

	"example.com/harbor/internal/web"
)

type account struct {
	balance int64
	moves   [16]int64
}

type ledger struct {
	mu       sync.Mutex
	app      *web.App
	accounts map[int]*account
	booked   int64
}

// New returns the service.
func New(app *web.App) web.Service {
	l := &ledger{app: app, accounts: make(map[int]*account)}
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(10000)
	return web.Service{
		Tick: func(n int) {
			var wg sync.WaitGroup
			for i := 0; i < n/4; i++ {
				wg.Add(1)
				go func(i int) {
					defer wg.Done()
					l.book(i % 900)
				}(i)
			}
			wg.Wait()
		},
	}
}

func (l *ledger) book(shop int) {
	proof := sign(shop)
	l.mu.Lock()         // @leak
	defer l.mu.Unlock() // @also
	if !l.app.Fixed {
		time.Sleep(300 * time.Microsecond) // writes to disk under the lock
	}
	a := l.accounts[shop]
	if a == nil {
		a = new(account)
		l.accounts[shop] = a
	}
	a.balance += int64(proof)
	a.moves[shop%16] = a.balance
	l.booked++
}

func sign(shop int) int {
	sum := 0
	for i := 0; i < 2000; i++ {
		sum += i * shop % 7
	}
	return sum
}
