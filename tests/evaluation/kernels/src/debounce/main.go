// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=select says=(?i)(select|exit|cancel|Done|stop)
import (
	"time"

	_ "example.com/shop/probe"
)

type debouncer struct {
	in   chan int
	quit chan bool
}

func (d *debouncer) run() {
	t := time.NewTimer(time.Hour)
	for {
		select { // <- here
		case <-d.in:
			t.Reset(time.Second)
		case <-t.C:
			return
		case <-d.quit:
			return
		}
	}
}

func main() {
	for i := 0; i < 140; i++ {
		d := &debouncer{in: make(chan int), quit: make(chan bool)}
		go d.run()
	}
	for {
		time.Sleep(time.Second)
	}
}
