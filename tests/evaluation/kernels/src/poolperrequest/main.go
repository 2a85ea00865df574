// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.receive says=(?i)(close|stop)
import (
	"net"
	"net/http"

	_ "example.com/shop/probe"
)

type pool struct {
	jobs chan func()
}

func newPool(n int) *pool {
	p := &pool{jobs: make(chan func(), 16)}
	for i := 0; i < n; i++ {
		go p.worker()
	}
	return p
}

func (p *pool) worker() {
	for f := range p.jobs { // <- here
		f()
	}
}

func handler(w http.ResponseWriter, r *http.Request) {
	p := newPool(4)
	done := make(chan bool)
	p.jobs <- func() { close(done) }
	<-done
}

func main() {
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.HandleFunc("/", handler)
	go func() {
		for i := 0; i < 60; i++ {
			if r, err := http.Get("http://" + ln.Addr().String()); err == nil {
				r.Body.Close()
			}
		}
	}()
	http.Serve(ln, nil)
}
