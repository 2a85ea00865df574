// SPDX-License-Identifier: Apache-2.0

// Command berths swaps cargo between two quays; who swaps the other way round takes the locks in the other order.
//
// expect class=goroutine wait=Mutex says=(?i)(opposite|order|AB-BA|each other|ring)
package main

import (
	"sync"
	"time"

	"example.org/ferry/watch"
)

type quay struct {
	sync.Mutex
	name  string
	cargo []string
}

func swap(from, to *quay, met *sync.WaitGroup) {
	from.Lock()
	defer from.Unlock()
	met.Done()
	met.Wait()
	to.Lock() // <- here
	defer to.Unlock()
	from.cargo, to.cargo = to.cargo, from.cargo
}

func start(north, south *quay) {
	var met sync.WaitGroup
	met.Add(2)
	go swap(north, south, &met)
	go swap(south, north, &met)
}

func main() {
	start(&quay{name: "north"}, &quay{name: "south"})
	time.Sleep(time.Millisecond)
	watch.Forever()
}
