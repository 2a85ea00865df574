// SPDX-License-Identifier: Apache-2.0

// Command notifier sends events under the lock that a watcher who leaves must take first.
//
// expect class=goroutine,channel wait=(?i)(chan send|Mutex) says=(?i)(lock|mutex)
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.org/depot/notifier/hub"
	"example.org/depot/port"
)

type server struct {
	hub *hub.Hub
}

func (s *server) watch(w http.ResponseWriter, r *http.Request) {
	watcher := s.hub.Watch()
	defer s.hub.Forget(watcher)
	fmt.Fprintln(w, <-watcher.Events)
	time.Sleep(100 * time.Millisecond)
}

func (s *server) produce() {
	for n := 0; ; n++ {
		s.hub.Send(fmt.Sprint("event ", n))
		time.Sleep(10 * time.Millisecond)
	}
}

func main() {
	s := &server{hub: hub.New()}
	http.HandleFunc("/watch", s.watch)
	go s.produce()
	port.Run("/watch")
}
