// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

func hello(w http.ResponseWriter, r *http.Request) {
	b := make([]byte, 4096)
	fmt.Fprintln(w, len(b))
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	http.HandleFunc("/", hello)
	tr := &http.Transport{MaxIdleConns: 200, MaxIdleConnsPerHost: 200}
	c := &http.Client{Transport: tr}
	for i := 0; i < 60; i++ {
		go func() {
			for {
				if r, err := c.Get("http://" + l.Addr().String()); err == nil {
					io.Copy(io.Discard, r.Body)
					r.Body.Close()
				}
				time.Sleep(500 * time.Millisecond)
			}
		}()
	}
	http.Serve(l, nil)
}
