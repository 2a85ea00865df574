// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"time"

	_ "example.com/shop/probe"
)

type pool struct{ jobs chan func() }

func (p *pool) worker() {
	for f := range p.jobs {
		f()
	}
}

func main() {
	p := &pool{make(chan func(), 64)}
	for i := 0; i < 64; i++ {
		go p.worker()
	}
	for range time.Tick(700 * time.Millisecond) {
		p.jobs <- func() { time.Sleep(time.Millisecond) }
	}
}
