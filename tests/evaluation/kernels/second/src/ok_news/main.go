// SPDX-License-Identifier: Apache-2.0

// Command ok_news has subscribers whose requests are long over; every few seconds there is news for them.
//
// expect none
package main

import (
	"sync"
	"time"

	"example.org/ferry/watch"
)

type paper struct {
	mu   sync.Mutex
	subs []chan int
}

func (p *paper) subscribe() <-chan int {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := make(chan int, 1)
	p.subs = append(p.subs, c)
	return c
}

func (p *paper) print(issue int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.subs {
		c <- issue
	}
}

func (p *paper) press() {
	for issue := 1; ; issue++ {
		time.Sleep(5 * time.Second)
		p.print(issue)
	}
}

func read(in <-chan int, last *int) {
	for n := range in {
		*last = n
	}
}

func main() {
	p := new(paper)
	go p.press()
	done := make(chan struct{})
	for i := 0; i < 5; i++ {
		go func() {
			go read(p.subscribe(), new(int))
			done <- struct{}{}
		}()
		<-done
	}
	watch.Forever()
}
