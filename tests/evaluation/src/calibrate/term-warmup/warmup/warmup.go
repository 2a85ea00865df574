// SPDX-License-Identifier: Apache-2.0

// Package warmup loads the terms of a shop one language after the other when it starts.
package warmup

import (
	"fmt"
	"strings"

	"example.com/harbor/internal/web"
)

type language struct {
	terms map[string]string
	pages [][]byte
}

// New returns the service.
func New(app *web.App) web.Service {
	var all []*language
	looked := 0
	return web.Service{
		Tick: func(n int) {
			if len(all) < 32 {
				all = append(all, load(len(all)))
			}
			for i := 0; i < n; i++ {
				one := all[app.Rand.Intn(len(all))]
				looked += len(one.terms[fmt.Sprintf("term-%d", app.Rand.Intn(1500))])
			}
		},
	}
}

func load(number int) *language {
	l := &language{terms: make(map[string]string)}
	for i := 0; i < 1500; i++ {
		l.terms[fmt.Sprintf("term-%d", i)] = fmt.Sprintf("what term %d is in language %d", i, number)
	}
	for i := 0; i < 40; i++ {
		l.pages = append(l.pages, []byte(strings.Repeat("a page of help ", 200+i)))
	}
	return l
}
