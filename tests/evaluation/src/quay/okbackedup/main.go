// SPDX-License-Identifier: Apache-2.0
package main

import (
	"time"

	"example.net/quay/kit"
)

type letter struct{ text string }

func main() {
	app := kit.Start()
	queue := make(chan *letter, 1<<16)
	sent := 0
	go func() {
		for range queue {
			sent++
			if m := app.Age().Minutes(); m > 2 && m < 6 { // the mail server is slow for a while
				time.Sleep(25 * time.Millisecond)
			} else {
				time.Sleep(4 * time.Millisecond)
			}
		}
	}()
	app.Load(90, func(i int) {
		select {
		case queue <- &letter{app.Text(1000)}:
		default:
		}
	})
	app.Wait()
}
