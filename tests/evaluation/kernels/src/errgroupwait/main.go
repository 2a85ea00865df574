// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(chan.receive|chan.send|select|WaitGroup) says=(?i)(send|receiv|close|errgroup|WaitGroup)
import (
	"time"

	"example.com/shop/errgroup"
	_ "example.com/shop/probe"
)

func produce(out chan<- int) error {
	for i := 0; i < 10; i++ {
		out <- i
	}
	return nil
}

func consume(in <-chan int) error {
	for v := range in { // <- here
		_ = v
	}
	return nil
}

func sync1() error {
	var g errgroup.Group
	ch := make(chan int)
	g.Go(func() error { return produce(ch) })
	g.Go(func() error { return consume(ch) })
	err := g.Wait() // <- here
	close(ch)
	return err
}

func main() {
	for i := 0; i < 12; i++ {
		go sync1()
	}
	time.Sleep(time.Hour)
}
