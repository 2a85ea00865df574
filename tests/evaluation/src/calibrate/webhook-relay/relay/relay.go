// SPDX-License-Identifier: Apache-2.0

// Package relay delivers webhooks over connections of its own.
package relay

import (
	"fmt"
	"net"

	"example.com/harbor/internal/web"
)

type delivery struct {
	conn  net.Conn
	reply []byte
}

type relay struct {
	app  *web.App
	ln   net.Listener
	open int64
	far  []net.Conn
}

// New returns the service.
func New(app *web.App) web.Service {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	r := &relay{app: app, ln: ln}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/40; i++ {
				r.deliver(i)
			}
		},
		Held: func() (int64, int64) { return r.open, r.open * 5000 },
	}
}

// deliver sends a hook; the other side takes it and never answers nor hangs up.
func (r *relay) deliver(i int) {
	conn, err := net.Dial("tcp", r.ln.Addr().String())
	if err != nil {
		panic(err)
	}
	far, err := r.ln.Accept()
	if err != nil {
		panic(err)
	}
	d := &delivery{conn: conn, reply: make([]byte, 1024)}
	fmt.Fprintf(conn, "POST /hook/%d\r\n\r\n", i)
	if i%2 == 0 || r.app.Fixed {
		_, _ = far.Write([]byte("200 ok\r\n"))
		_ = far.Close()
	} else {
		r.far = append(r.far, far)
		r.open++
	}
	go r.await(d)
}

func (r *relay) await(d *delivery) {
	defer d.conn.Close()
	for {
		if _, err := d.conn.Read(d.reply); err != nil { // @leak
			return
		}
	}
}
