// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(return|error|receiv|buffer)
import (
	"errors"
	"time"

	_ "example.com/shop/probe"
)

func copyLeft(errc chan<- error) {
	errc <- errors.New("left")
}

func copyRight(errc chan<- error) {
	time.Sleep(5 * time.Millisecond)
	errc <- errors.New("right") // <- here
}

func proxy() error {
	errc := make(chan error)
	go copyLeft(errc)
	go copyRight(errc)
	if err := <-errc; err != nil {
		return err
	}
	return <-errc
}

func main() {
	for i := 0; i < 25; i++ {
		proxy()
	}
	time.Sleep(time.Hour)
}
