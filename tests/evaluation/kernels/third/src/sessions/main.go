// SPDX-License-Identifier: Apache-2.0

// Command sessions gives each login a context and drops the function that would cancel it.
//
// expect class=goroutine,context wait=(chan.receive|select) says=(?i)(cancel|context)
package main

import (
	"context"
	"net/http"
	"sync"

	"example.org/depot/port"
)

type store struct {
	mu   sync.Mutex
	open map[string]context.Context
}

func (s *store) evictWhenDone(ctx context.Context, user string) {
	<-ctx.Done() // <- here
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, user)
}

func (s *store) login(w http.ResponseWriter, r *http.Request) {
	ctx, _ := context.WithCancel(context.Background())
	s.mu.Lock()
	s.open[r.RemoteAddr] = ctx
	s.mu.Unlock()
	go s.evictWhenDone(ctx, r.RemoteAddr)
}

func main() {
	s := &store{open: map[string]context.Context{}}
	http.HandleFunc("/login", s.login)
	port.Run("/login")
}
