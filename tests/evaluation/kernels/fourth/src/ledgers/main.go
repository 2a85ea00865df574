// SPDX-License-Identifier: Apache-2.0

// Command ledgers moves between two accounts and takes their locks in the order of the request.
//
// expect class=goroutine wait=Mutex says=(?i)(opposite|order|AB-BA|each other|ring)
package main

import (
	"sync"
	"time"

	"example.com/wharf/dock"
)

type account struct {
	mu  sync.Mutex
	id  int
	sum int
}

type bank struct {
	house, till account
}

func (b *bank) deposit(n int) {
	b.till.mu.Lock()
	defer b.till.mu.Unlock()
	time.Sleep(3 * time.Millisecond)
	b.credit(n)
}

func (b *bank) credit(n int) {
	b.house.mu.Lock() // <- here
	defer b.house.mu.Unlock()
	b.house.sum += n
}

func (b *bank) payout(n int) {
	if dock.Repaired {
		b.deposit(-n)
		return
	}
	b.house.mu.Lock() // <- here
	defer b.house.mu.Unlock()
	time.Sleep(3 * time.Millisecond)
	b.debit(n)
}

func (b *bank) debit(n int) {
	b.till.mu.Lock() // <- here
	defer b.till.mu.Unlock()
	b.till.sum -= n
}

func main() {
	b := &bank{}
	go func() {
		for {
			b.deposit(1)
			time.Sleep(5 * time.Millisecond)
		}
	}()
	go func() {
		for {
			b.payout(1)
			time.Sleep(5 * time.Millisecond)
		}
	}()
	dock.Serve("/")
}
