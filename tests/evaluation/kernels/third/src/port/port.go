// SPDX-License-Identifier: Apache-2.0

// Package port is the debug port of these servers: it asks the server for its own pages now and then, as clients
// do, and stores what a scraper would fetch.
package port

import (
	"io"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

const page = "/debug/pprof/goroutine"

func fetch(base, path, file string) {
	reply, err := http.Get(base + path)
	if err != nil {
		return
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return
	}
	out, err := os.Create(filepath.Join(os.Getenv("DEPOT_OUT"), file))
	if err != nil {
		return
	}
	defer out.Close()
	io.Copy(out, reply.Body)
}

// ask is a client that gives up after two seconds and does not keep its connection.
func ask(url string) {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	reply, err := client.Get(url)
	if err != nil {
		return
	}
	io.Copy(io.Discard, reply.Body)
	reply.Body.Close()
}

// Run serves the debug port, asks for each of the paths once in eight seconds and stores two sets of captures.
func Run(paths ...string) {
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	go http.Serve(on, nil)
	base := "http://" + on.Addr().String()
	for second := 1; second <= 400; second++ {
		time.Sleep(time.Second)
		switch {
		case second == 20:
			fetch(base, page+"?debug=0", "first.pb.gz")
			fetch(base, page+"?debug=2", "first-2.txt")
		case second == 212:
			fetch(base, page+"?debug=0", "later.pb.gz")
			fetch(base, page+"?debug=1", "later-1.txt")
			fetch(base, page+"?debug=2", "later-2.txt")
			fetch(base, page+"leak?debug=0", "leak.pb.gz")
		case second%15 == 0:
			runtime.GC()
		case second%8 == 0:
			for _, path := range paths {
				go ask(base + path)
				time.Sleep(20 * time.Millisecond)
			}
		}
	}
}
