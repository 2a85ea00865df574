// SPDX-License-Identifier: Apache-2.0

// Command sigs watches for a reload signal in each stream that was ever opened.
//
// expect class=goroutine,channel wait=(chan.receive|select) says=(?i)(signal|stop|close|never comes)
package main

import (
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"example.org/depot/port"
)

type stream struct {
	level int
}

func (s *stream) reloads() {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	for range hup { // <- here
		s.level++
	}
}

func open(http.ResponseWriter, *http.Request) {
	s := &stream{}
	go s.reloads()
}

func main() {
	http.HandleFunc("/logs", open)
	port.Run("/logs")
}
