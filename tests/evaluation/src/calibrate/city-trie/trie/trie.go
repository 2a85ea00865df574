// SPDX-License-Identifier: Apache-2.0

// Package trie completes what people type.
package trie

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type node struct {
	next [26]*node
	hits uint32
	last int64
}

type completer struct {
	app   *web.App
	mu    sync.Mutex
	root  node
	nodes int64
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &completer{app: app}
	app.Handle("/complete", c.complete)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				typed := make([]byte, 4+app.Rand.Intn(5))
				for j := range typed {
					typed[j] = byte('a' + app.Rand.Intn(26))
				}
				app.Call("GET", fmt.Sprintf("/complete?q=%s", typed), "")
			}
		},
		Held: func() (int64, int64) { return c.nodes, c.nodes * 224 },
	}
}

// complete learns from everything that was ever typed.
func (c *completer) complete(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.app.Fixed && c.nodes > 9000 {
		c.root, c.nodes = node{}, 0
	}
	at := &c.root
	for _, letter := range r.URL.Query().Get("q") {
		at = c.child(at, int(letter-'a')%26)
		at.hits++
		at.last = c.app.Now().Unix()
	}
	w.WriteHeader(http.StatusNoContent)
}

func (c *completer) child(parent *node, letter int) *node {
	if parent.next[letter] == nil {
		parent.next[letter] = new(node) // @leak
		c.nodes++
	}
	return parent.next[letter]
}
