// SPDX-License-Identifier: Apache-2.0

// Package news gives each subscriber a buffer; those who left are never struck off.
package news

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type story struct {
	title string
	body  [300]byte
}

type subscriber struct {
	stories chan story
	active  bool
}

type desk struct {
	app  *web.App
	subs []*subscriber
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/20; i++ {
				d.join()
			}
			for i := 0; i < 4; i++ {
				d.publish(story{title: fmt.Sprint("story ", i)})
			}
			d.leave()
		},
		Held: func() (int64, int64) { n := int64(len(d.subs)); return n, n * 64 * 316 },
	}
}

func (d *desk) join() {
	d.subs = append(d.subs, &subscriber{stories: make(chan story, 64), active: true}) // @leak
}

func (d *desk) publish(s story) {
	for _, sub := range d.subs {
		select {
		case sub.stories <- s:
		default:
		}
	}
}

func (d *desk) leave() {
	kept := d.subs[:0]
	for _, sub := range d.subs {
		sub.active = false
		if !d.app.Fixed {
			kept = append(kept, sub)
		}
	}
	d.subs = kept
}
