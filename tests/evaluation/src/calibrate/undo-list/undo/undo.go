// SPDX-License-Identifier: Apache-2.0

// Package undo keeps every change in a list so that it can be undone.
package undo

import (
	"container/list"
	"fmt"

	"example.com/harbor/internal/web"
)

type change struct {
	before, after string
	at            int64
}

type editor struct {
	app  *web.App
	done *list.List
}

// New returns the service.
func New(app *web.App) web.Service {
	e := &editor{app: app, done: list.New()}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*4; i++ {
				e.change(i)
			}
		},
		Held: func() (int64, int64) { n := int64(e.done.Len()); return n, n * 150 },
	}
}

func (e *editor) change(i int) {
	c := &change{after: fmt.Sprintf("line %d of the text", i), at: int64(i)} // @also
	e.done.PushBack(c)                                                       // @leak
	for e.app.Fixed && e.done.Len() > 500 {
		e.done.Remove(e.done.Front())
	}
}
