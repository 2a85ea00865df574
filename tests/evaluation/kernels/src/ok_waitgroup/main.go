// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type sub struct {
	in   chan int
	quit chan struct{}
}

func (s *sub) run(wg *sync.WaitGroup) {
	defer wg.Done()
	for {
		select {
		case v := <-s.in:
			_ = v
		case <-s.quit:
			return
		}
	}
}

func main() {
	var wg sync.WaitGroup
	quit := make(chan struct{})
	subs := []*sub{}
	for i := 0; i < 40; i++ {
		s := &sub{make(chan int), quit}
		subs = append(subs, s)
		wg.Add(1)
		go s.run(&wg)
	}
	go func() {
		for i := 0; ; i++ {
			subs[i%40].in <- i
			time.Sleep(10 * time.Millisecond)
		}
	}()
	wg.Wait()
}
