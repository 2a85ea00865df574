// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|return|consumer)
import (
	"time"

	_ "example.com/shop/probe"
)

func gen(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			out <- i // <- here
		}
	}()
	return out
}

func square(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			out <- v * v // <- here
		}
	}()
	return out
}

func main() {
	for i := 0; i < 15; i++ {
		for v := range square(gen(100)) {
			if v > 9 {
				break
			}
		}
	}
	time.Sleep(time.Hour)
}
