// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.receive says=(?i)(send|close)
import (
	"errors"
	"time"

	_ "example.com/shop/probe"
)

type reply struct{ n int }

func call(ok bool, out chan<- reply) error {
	if !ok {
		return errors.New("dial")
	}
	out <- reply{1}
	return nil
}

func await(in <-chan reply) reply {
	return <-in // <- here
}

func main() {
	for i := 0; i < 30; i++ {
		ch := make(chan reply)
		go call(i%3 == 0, ch)
		go await(ch)
	}
	time.Sleep(time.Hour)
}
