// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.receive says=(?i)(range|close)
import (
	"time"

	_ "example.com/shop/probe"
)

func printer(lines <-chan string) {
	n := 0
	for l := range lines { // <- here
		n += len(l)
	}
}

func job() {
	lines := make(chan string)
	go printer(lines)
	lines <- "start"
	lines <- "end"
}

func main() {
	for i := 0; i < 35; i++ {
		job()
	}
	time.Sleep(time.Hour)
}
