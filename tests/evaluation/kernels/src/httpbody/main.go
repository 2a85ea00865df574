// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(IO|select) says=(?i)(body|close)
import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"

	_ "example.com/shop/probe"
)

func ping(url string) int {
	resp, err := http.Get(url) // <- here
	if err != nil {
		return 0
	}
	return resp.StatusCode
}

func main() {
	big := strings.Repeat("x", 1<<20)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, big) }))
	for i := 0; i < 80; i++ {
		ping(s.URL)
	}
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.Serve(ln, nil)
}
