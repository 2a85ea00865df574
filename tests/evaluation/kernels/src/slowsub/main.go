// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|consumer|slow|buffer)
import (
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

type broker struct {
	subs []chan []byte
}

func (b *broker) emit(msg []byte) {
	for _, s := range b.subs {
		go func(c chan []byte) {
			c <- msg // <- here
		}(s)
	}
}

func (b *broker) subscribe() <-chan []byte {
	c := make(chan []byte, 8)
	b.subs = append(b.subs, c)
	return c
}

func main() {
	b := &broker{}
	in := b.subscribe()
	b.subscribe()
	go func() {
		for range in {
		}
	}()
	go func() {
		for i := 0; i < 500; i++ {
			b.emit(make([]byte, 512))
			time.Sleep(time.Millisecond)
		}
	}()
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.Serve(ln, nil)
}
