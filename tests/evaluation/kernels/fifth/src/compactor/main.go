// SPDX-License-Identifier: Apache-2.0

// Command compactor compacts and applies with the same two locks, taken in different orders.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type backend struct {
	index sync.Mutex
	batch sync.Mutex
}

func (b *backend) compact() {
	b.index.Lock()
	defer b.index.Unlock()
	time.Sleep(20 * time.Millisecond)
	b.batch.Lock() // <- here
	defer b.batch.Unlock()
}

func (b *backend) apply() {
	first, second := &b.batch, &b.index
	if rig.Repaired {
		first, second = second, first
	}
	first.Lock()
	defer first.Unlock()
	time.Sleep(20 * time.Millisecond)
	second.Lock() // <- here
	defer second.Unlock()
}

func scenario() {
	b := &backend{}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		b.compact()
	}()
	go func() {
		defer wg.Done()
		b.apply()
	}()
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
