// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"sync"

	"example.net/quay/kit"
)

type order struct {
	id    string
	lines [6]string
	total int
	notes []string
}

type desk struct {
	mu   sync.Mutex
	open map[string]*order
}

func (d *desk) begin(id string, app *kit.App) *order {
	o := &order{id: id, total: len(id)} // @also
	for i := range o.lines {
		o.lines[i] = app.Text(40) // @also
	}
	d.mu.Lock()
	d.open[id] = o // @leak
	d.mu.Unlock()
	return o
}

func (d *desk) end(o *order) {
	d.mu.Lock()
	delete(d.open, o.id)
	d.mu.Unlock()
}

func (d *desk) pay(o *order, refused, strict bool) error {
	if refused {
		if strict {
			d.end(o)
		}
		return fmt.Errorf("order %s: refused", o.id)
	}
	d.end(o)
	return nil
}

func main() {
	app := kit.Start()
	d := &desk{open: map[string]*order{}}
	app.Load(300, func(i int) {
		o := d.begin(fmt.Sprintf("order-%09d-%s", i, app.Text(4)), app)
		d.pay(o, i%5 == 0, app.Repaired)
	})
	app.Wait()
}
