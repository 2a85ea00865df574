// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"net"
	"net/http"
	_ "net/http/pprof"
	"time"

	_ "example.com/shop/probe"
)

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(l, nil)
	for {
		r, err := http.Get("http://" + l.Addr().String() + "/debug/pprof/heap")
		if err == nil {
			r.Body.Close()
		}
		time.Sleep(5 * time.Second)
	}
}
