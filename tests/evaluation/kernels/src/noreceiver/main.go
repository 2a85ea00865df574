// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(timeout|receiv|buffer)
import (
	"fmt"
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

type quote struct{ price int }

func fetchQuote() quote {
	time.Sleep(30 * time.Millisecond)
	return quote{7}
}

func quoteHandler(w http.ResponseWriter, r *http.Request) {
	ch := make(chan quote)
	go func() {
		ch <- fetchQuote() // <- here
	}()
	select {
	case q := <-ch:
		fmt.Fprintln(w, q.price)
	case <-time.After(5 * time.Millisecond):
		http.Error(w, "slow", 504)
	}
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	http.HandleFunc("/quote", quoteHandler)
	go func() {
		for i := 0; i < 120; i++ {
			if r, err := http.Get("http://" + l.Addr().String() + "/quote"); err == nil {
				r.Body.Close()
			}
		}
	}()
	http.Serve(l, nil)
}
