// SPDX-License-Identifier: Apache-2.0

// Package accounts moves money.
package accounts

import (
	"sync"
	"time"

	"example.com/flock/rig"
)

// Account has a balance.
type Account struct {
	sync.Mutex
	id, cents int
}

// Open opens one.
func Open(id, cents int) *Account { return &Account{id: id, cents: cents} }

// Move takes from one account and gives to another.
func (a *Account) Move(to *Account, cents int) {
	first, second := a, to
	if rig.Repaired && second.id < first.id {
		first, second = second, first
	}
	first.Lock()
	defer first.Unlock()
	time.Sleep(200 * time.Millisecond)
	second.Lock() // <- here
	defer second.Unlock()
	a.cents -= cents
	to.cents += cents
}
