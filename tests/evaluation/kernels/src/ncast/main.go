// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(first|buffer|receiv)
import (
	"time"

	_ "example.com/shop/probe"
)

func ask(replica int) int { return replica }

func first(replicas int) int {
	c := make(chan int)
	for i := 0; i < replicas; i++ {
		go func(i int) {
			c <- ask(i) // <- here
		}(i)
	}
	return <-c
}

func main() {
	for i := 0; i < 20; i++ {
		first(4)
	}
	time.Sleep(time.Hour)
}
