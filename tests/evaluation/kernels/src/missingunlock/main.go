// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=Mutex says=(?i)(unlock|holder|holds)
import (
	"errors"
	"net"
	"net/http"
	"sync"

	_ "example.com/shop/probe"
)

type store struct {
	mu   sync.Mutex
	rows map[int]string
}

var errNotFound = errors.New("not found")

func (s *store) find(id int) (string, error) {
	s.mu.Lock() // <- here
	row, ok := s.rows[id]
	if !ok {
		return "", errNotFound
	}
	s.mu.Unlock()
	return row, nil
}

func main() {
	s := &store{rows: map[int]string{1: "one"}}
	s.find(2)
	for i := 0; i < 40; i++ {
		go s.find(1)
	}
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	http.Serve(l, nil)
}
