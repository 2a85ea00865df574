// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(chan.receive|Mutex|semacquire|WaitGroup|waitgroup) says=(?i)(deadlock|asleep)
import (
	"sync"
)

type worker struct {
	mu  sync.Mutex
	out chan int
	wg  sync.WaitGroup
}

func (w *worker) run(i int) {
	defer w.wg.Done()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out <- i // <- here
}

func main() {
	w := &worker{out: make(chan int, 1)}
	for i := 0; i < 3; i++ {
		w.wg.Add(1)
		go w.run(i)
	}
	w.wg.Wait() // <- here
	close(w.out)
	for v := range w.out {
		println(v)
	}
}
