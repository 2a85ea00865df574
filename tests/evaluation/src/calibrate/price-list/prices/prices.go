// SPDX-License-Identifier: Apache-2.0

// Package prices compresses each answer with a writer of its own.
package prices

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"example.com/harbor/internal/web"
)

type list struct {
	app     *web.App
	body    []byte
	writers sync.Pool
}

// New returns the service.
func New(app *web.App) web.Service {
	l := &list{app: app, body: []byte(strings.Repeat("article;price;currency\n", 40))}
	l.writers.New = func() interface{} { return gzip.NewWriter(nil) }
	app.Handle("/prices", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, l.packed()) })
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			app.Call("GET", "/prices", "")
		}
	}}
}

func (l *list) packed() int {
	var out bytes.Buffer
	var z *gzip.Writer
	if l.app.Fixed {
		z = l.writers.Get().(*gzip.Writer)
		defer l.writers.Put(z)
		z.Reset(&out)
	} else {
		z = gzip.NewWriter(&out)
	}
	_, _ = z.Write(l.body) // @leak
	_ = z.Close()          // @also
	return out.Len()
}
