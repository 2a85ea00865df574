// SPDX-License-Identifier: Apache-2.0

// Command resolver asks three name servers and collects three answers; the one that fails sends none.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(send|close|never comes)
package main

import (
	"errors"
	"net/http"
	"sync/atomic"

	"example.org/depot/port"
)

type upstream struct {
	addr   string
	broken bool
}

func (u *upstream) query(name string) (string, error) {
	if u.broken {
		return "", errors.New(u.addr + ": refused")
	}
	return "10.0.0.1", nil
}

type resolver struct {
	upstreams []*upstream
	failures  int64
}

func (r *resolver) ask(u *upstream, name string, answers chan<- string) {
	ip, err := u.query(name)
	if err != nil {
		atomic.AddInt64(&r.failures, 1)
		return
	}
	answers <- ip
}

func (r *resolver) resolve(name string) (all []string) {
	answers := make(chan string)
	for _, u := range r.upstreams {
		go r.ask(u, name, answers)
	}
	for range r.upstreams {
		all = append(all, <-answers) // <- here
	}
	return all
}

func main() {
	r := &resolver{upstreams: []*upstream{{addr: "a"}, {addr: "b", broken: true}, {addr: "c"}}}
	http.HandleFunc("/resolve", func(w http.ResponseWriter, q *http.Request) {
		r.resolve("db.local")
	})
	port.Run("/resolve")
}
