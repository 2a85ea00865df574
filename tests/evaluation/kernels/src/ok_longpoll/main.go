// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

func poll(w http.ResponseWriter, r *http.Request) {
	select {
	case <-time.After(4 * time.Second):
		w.WriteHeader(204)
	case <-r.Context().Done():
	}
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	http.HandleFunc("/poll", poll)
	for i := 0; i < 100; i++ {
		go func() {
			for {
				if r, err := http.Get("http://" + l.Addr().String() + "/poll"); err == nil {
					r.Body.Close()
				}
			}
		}()
	}
	http.Serve(l, nil)
}
