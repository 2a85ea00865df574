// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(?i)(waitgroup|semacquire) says=(?i)(WaitGroup|Done)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

func work(i int, wg *sync.WaitGroup) {
	if i == 3 {
		return
	}
	defer wg.Done()
}

func batch(n int) {
	var wg sync.WaitGroup
	wg.Add(n)
	for i := 0; i < n; i++ {
		go work(i, &wg)
	}
	wg.Wait() // <- here
}

func main() {
	for i := 0; i < 5; i++ {
		go batch(6)
	}
	for range time.Tick(time.Second) {
	}
}
