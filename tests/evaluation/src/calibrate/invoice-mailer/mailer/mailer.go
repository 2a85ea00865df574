// SPDX-License-Identifier: Apache-2.0

// Package mailer sends invoices; each customer's batch has a context of its own.
package mailer

import (
	"context"
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type batch struct {
	ctx    context.Context
	cancel context.CancelFunc
	to     string
	body   []byte
}

type mailer struct {
	app  *web.App
	root context.Context
	held int64
}

// New returns the service.
func New(app *web.App) web.Service {
	root, stop := context.WithCancel(context.Background())
	m := &mailer{app: app, root: root}
	_ = stop
	app.Handle("/invoice", m.serve)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/10; i++ {
				app.Call("POST", fmt.Sprintf("/invoice?n=%d", i), "")
			}
		},
		Held: func() (int64, int64) { return m.held, m.held * 4200 },
	}
}

func (m *mailer) serve(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(m.root)
	b := &batch{ctx: ctx, cancel: cancel, to: r.URL.RawQuery, body: make([]byte, 900)}
	go m.await(b)
	if len(r.URL.RawQuery)%2 == 0 || m.app.Fixed {
		b.cancel()
		return
	}
	m.held++ // bounced: the batch is dropped, its context is not
	w.WriteHeader(http.StatusAccepted)
}

func (m *mailer) await(b *batch) {
	<-b.ctx.Done() // @leak
	b.body = nil
}
