// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=select says=(?i)(select|never|no case)
import (
	"time"

	_ "example.com/shop/probe"
)

func holdOpen(id int) {
	select {} // <- here
}

func main() {
	for i := 0; i < 33; i++ {
		go holdOpen(i)
	}
	time.Sleep(time.Hour)
}
