// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(chan.receive|select) says=(?i)(send|close|ctx|context|timeout)
import (
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

type ticket struct{ done chan error }

var queue = make(chan *ticket, 1000)

func submit(w http.ResponseWriter, r *http.Request) {
	t := &ticket{done: make(chan error)}
	queue <- t
	if err := <-t.done; err != nil { // <- here
		http.Error(w, err.Error(), 500)
	}
}

func main() {
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.HandleFunc("/submit", submit)
	for i := 0; i < 130; i++ {
		go func() {
			c := http.Client{Timeout: 3 * time.Second}
			c.Get("http://" + ln.Addr().String() + "/submit")
		}()
	}
	http.Serve(ln, nil)
}
