// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(?i)(chan receive|waitgroup|semacquire) says=(?i)(send|close|WaitGroup|Done|receiv)
import (
	"time"

	_ "example.com/shop/probe"
	"example.com/shop/singleflight"
)

var group singleflight.Group

func loadUser(id string) (any, error) {
	reply := make(chan string)
	return <-reply, nil // <- here
}

func user(id string) (any, error) {
	return group.Do(id, func() (any, error) { return loadUser(id) }) // <- here
}

func main() {
	for i := 0; i < 50; i++ {
		go user("42")
	}
	time.Sleep(time.Hour)
}
