// SPDX-License-Identifier: Apache-2.0

// Command ok_setup is put together by a goroutine that ends; its workers wait for what may come.
//
// expect none
package main

import (
	"time"

	"example.org/ferry/watch"
)

type parcel struct{ grams int }

type depot struct {
	arrivals chan parcel
	stock    chan int
}

func (d *depot) sorter() {
	for p := range d.arrivals {
		d.stock <- p.grams
	}
}

func (d *depot) keeper() {
	sum := 0
	for g := range d.stock {
		sum += g
	}
}

func main() {
	d := &depot{make(chan parcel), make(chan int)}
	set := make(chan struct{})
	go func() {
		for i := 0; i < 6; i++ {
			go d.sorter()
		}
		go d.keeper()
		close(set)
	}()
	<-set
	go func() {
		for range time.Tick(20 * time.Second) {
			d.arrivals <- parcel{900}
		}
	}()
	watch.Forever()
}
