// SPDX-License-Identifier: Apache-2.0

// Package dock is what these services have in common: a server with a debug port, a handler of signals, a queue for
// the log, idle workers, a flusher; and clients that ask for pages all the while.
package dock

import (
	"io"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// Repaired says that the service runs without its fault.
var Repaired = os.Getenv("WHARF_REPAIRED") != ""

var lines = make(chan string, 64)

// Log hands a line to the writer of the log.
func Log(line string) {
	select {
	case lines <- line:
	default:
	}
}

func writeLog() {
	for line := range lines {
		io.WriteString(io.Discard, line)
	}
}

func handleSignals() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTERM, syscall.SIGHUP)
	for s := range c {
		if s == syscall.SIGTERM {
			os.Exit(0)
		}
	}
}

func flush() {
	t := time.NewTicker(5 * time.Second)
	defer t.Stop()
	for range t.C {
		Log("flushed")
	}
}

type crew struct {
	jobs chan func()
	quit chan struct{}
}

var hands = &crew{jobs: make(chan func()), quit: make(chan struct{})}

func (c *crew) work() {
	for {
		select {
		case job := <-c.jobs:
			job()
		case <-c.quit:
			return
		}
	}
}

func fetch(base, path, file string) {
	reply, err := http.Get(base + path)
	if err != nil {
		return
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return
	}
	out, err := os.Create(filepath.Join(os.Getenv("WHARF_OUT"), file))
	if err != nil {
		return
	}
	defer out.Close()
	io.Copy(out, reply.Body)
}

func ask(client *http.Client, url string) {
	reply, err := client.Get(url)
	if err != nil {
		return
	}
	io.Copy(io.Discard, reply.Body)
	reply.Body.Close()
}

// Serve serves the default mux, asks for each of the paths once in four seconds and stores three sets of captures.
func Serve(paths ...string) {
	go handleSignals()
	go writeLog()
	go flush()
	for i := 0; i < 3; i++ {
		go hands.work()
	}
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute}
	go server.Serve(on)
	base := "http://" + on.Addr().String()
	page := base + "/debug/pprof/goroutine"
	client := &http.Client{Timeout: 1500 * time.Millisecond}
	for second := 1; second <= 300; second++ {
		time.Sleep(time.Second)
		switch {
		case second == 25:
			fetch(page, "?debug=0", "first.pb.gz")
			fetch(page, "?debug=2", "first-2.txt")
		case second == 85:
			fetch(page, "?debug=0", "second.pb.gz")
		case second == 145:
			fetch(page, "?debug=0", "later.pb.gz")
			fetch(page, "?debug=1", "later-1.txt")
			fetch(page, "?debug=2", "later-2.txt")
			fetch(page, "leak?debug=0", "leak.pb.gz")
			fetch(page, "leak?debug=1", "leak-1.txt")
		case second%20 == 0:
			runtime.GC()
		case second%4 == 1:
			for _, path := range paths {
				go ask(client, base+path)
				time.Sleep(10 * time.Millisecond)
			}
		}
	}
}
