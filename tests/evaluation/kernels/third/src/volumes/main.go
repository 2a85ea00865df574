// SPDX-License-Identifier: Apache-2.0

// Command volumes attaches disks to nodes and forgets the lock when a disk is unknown.
//
// expect class=goroutine wait=Mutex says=(?i)(unlock|holder|holds)
package main

import (
	"errors"
	"net/http"
	"sync"

	"example.org/depot/port"
)

var errUnknown = errors.New("no such volume")

type attacher struct {
	mu    sync.Mutex
	where map[string]string
}

func (a *attacher) attach(volume, node string) error {
	a.mu.Lock() // <- here
	if _, ok := a.where[volume]; !ok {
		return errUnknown
	}
	a.where[volume] = node
	a.mu.Unlock()
	return nil
}

func (a *attacher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if err := a.attach(q.Get("volume"), q.Get("node")); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
	}
}

func main() {
	http.Handle("/attach", &attacher{where: map[string]string{"disk-1": ""}})
	port.Run("/attach?volume=disk-1&node=n1", "/attach?volume=disk-9&node=n2")
}
