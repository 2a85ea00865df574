// SPDX-License-Identifier: Apache-2.0

// Package watch opens the debug port that services have, and stores what a scraper would fetch from it.
package watch

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
	out, err := os.Create(filepath.Join(os.Getenv("FERRY_OUT"), file))
	if err != nil {
		return
	}
	defer out.Close()
	io.Copy(out, reply.Body)
}

// Forever serves the debug port and fetches from it: soon after the start, and some minutes later.
func Forever() {
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	go http.Serve(port, nil)
	base := "http://" + port.Addr().String()
	for second := 1; second <= 400; second++ {
		time.Sleep(time.Second)
		switch {
		case second == 10:
			fetch(base, page+"?debug=0", "first.pb.gz")
			fetch(base, page+"?debug=2", "first-2.txt")
		case second == 200:
			fetch(base, page+"?debug=0", "later.pb.gz")
			fetch(base, page+"?debug=1", "later-1.txt")
			fetch(base, page+"?debug=2", "later-2.txt")
			fetch(base, page+"leak?debug=0", "leak.pb.gz")
		case second%15 == 0:
			runtime.GC()
		}
	}
}
