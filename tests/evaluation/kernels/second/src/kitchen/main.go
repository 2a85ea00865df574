// SPDX-License-Identifier: Apache-2.0

// Command kitchen hires four cooks for each table and never sends them home.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(close|stop)
package main

import (
	"net"
	"net/http"
	"sync"

	"example.org/ferry/watch"
)

type dish struct{ name string }

type kitchen struct {
	orders chan dish
	served sync.WaitGroup
}

func open(cooks int) *kitchen {
	k := &kitchen{orders: make(chan dish, 8)}
	for i := 0; i < cooks; i++ {
		go k.cook()
	}
	return k
}

func (k *kitchen) cook() {
	for {
		d, more := <-k.orders // <- here
		if !more {
			return
		}
		_ = d.name
		k.served.Done()
	}
}

func table(w http.ResponseWriter, r *http.Request) {
	k := open(4)
	for _, n := range []string{"soup", "fish"} {
		k.served.Add(1)
		k.orders <- dish{n}
	}
	k.served.Wait()
	w.Write([]byte("thanks\n"))
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	mux := http.NewServeMux()
	mux.HandleFunc("/table", table)
	go http.Serve(on, mux)
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for i := 0; i < 3; i++ {
		if r, err := c.Get("http://" + on.Addr().String() + "/table"); err == nil {
			r.Body.Close()
		}
	}
	watch.Forever()
}
