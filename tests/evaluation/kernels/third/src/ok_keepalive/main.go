// SPDX-License-Identifier: Apache-2.0

// Command ok_keepalive has two hundred clients, each of which keeps its connection.
//
// expect none
package main

import (
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type clients struct {
	transport *http.Transport
	url       string
}

func (c *clients) round(n int) {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			reply, err := c.transport.RoundTrip(c.request())
			if err == nil {
				io.Copy(io.Discard, reply.Body)
				reply.Body.Close()
			}
		}()
	}
	wg.Wait()
}

func (c *clients) request() *http.Request {
	r, _ := http.NewRequest("GET", c.url, nil)
	return r
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(100 * time.Millisecond)
		io.WriteString(w, "ok")
	}))
	c := &clients{transport: &http.Transport{MaxIdleConnsPerHost: 200}, url: "http://" + on.Addr().String()}
	go func() {
		for {
			c.round(200)
			time.Sleep(30 * time.Second)
		}
	}()
	port.Run()
}
