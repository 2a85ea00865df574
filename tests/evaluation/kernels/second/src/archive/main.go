// SPDX-License-Identifier: Apache-2.0

// Command archive reads the head of each document over HTTP and leaves the rest, and the body, as it is.
//
// expect class=goroutine wait=(IO|select) says=(?i)(body|close)
package main

import (
	"bufio"
	"net"
	"net/http"
	"strings"

	"example.org/ferry/watch"
)

func documents(w http.ResponseWriter, r *http.Request) {
	line := strings.Repeat("stowage ", 512) + "\n"
	for i := 0; i < 4096; i++ {
		if _, err := w.Write([]byte(line)); err != nil {
			return
		}
	}
}

type reader struct {
	http.Client
	base string
}

func (r *reader) head(name string) (string, error) {
	reply, err := r.Get(r.base + name) // <- here
	if err != nil {
		return "", err
	}
	return bufio.NewReader(reply.Body).ReadString('\n')
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, http.HandlerFunc(documents))
	r := &reader{base: "http://" + on.Addr().String()}
	for _, name := range []string{"/a", "/b", "/c"} {
		r.head(name)
	}
	watch.Forever()
}
