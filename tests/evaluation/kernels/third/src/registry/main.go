// SPDX-License-Identifier: Apache-2.0

// Command registry reads the first bytes of each manifest and leaves the body open.
//
// expect class=goroutine wait=(IO|select) says=(?i)(body|close)
package main

import (
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"example.org/depot/port"
)

func manifests(w http.ResponseWriter, r *http.Request) {
	layer := strings.Repeat("sha256:0000 ", 1024)
	for i := 0; i < 2048; i++ {
		if _, err := io.WriteString(w, layer); err != nil {
			return
		}
	}
}

type remote struct {
	client *http.Client
	base   string
}

func (r *remote) mediaType(name string) (string, error) {
	reply, err := r.client.Get(r.base + "/v2/" + name) // <- here
	if err != nil {
		return "", err
	}
	head := make([]byte, 64)
	_, err = io.ReadFull(reply.Body, head)
	return string(head), err
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, http.HandlerFunc(manifests))
	r := &remote{client: &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}},
		base: "http://" + on.Addr().String()}
	http.HandleFunc("/type", func(w http.ResponseWriter, q *http.Request) {
		kind, _ := r.mediaType("app/latest")
		io.WriteString(w, kind)
	})
	port.Run("/type")
}
