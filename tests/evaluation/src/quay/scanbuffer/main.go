// SPDX-License-Identifier: Apache-2.0
package main

import (
	"time"

	"example.net/quay/kit"
)

type scan struct {
	code string
	when int
	raw  [200]byte
}

type belt struct {
	in  chan *scan
	sum int
}

func (b *belt) sort(app *kit.App) {
	for s := range b.in {
		b.sum += len(s.code)
		if app.Repaired {
			continue
		}
		time.Sleep(9 * time.Millisecond) // the sorter's arm; scans arrive faster
	}
}

func (b *belt) push(s *scan) { b.in <- s } // @also

func main() {
	app := kit.Start()
	b := &belt{in: make(chan *scan, 1<<20)} // @also
	go b.sort(app)
	app.Load(170, func(i int) {
		b.push(&scan{code: app.Text(24), when: i}) // @leak
	})
	app.Wait()
}
