// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"sync"
)

type board struct {
	mu    sync.Mutex
	watch []func(int)
}

func (b *board) onChange(f func(int)) (stop func()) {
	b.mu.Lock()
	b.watch = append(b.watch, f) // @leak
	at := len(b.watch) - 1
	b.mu.Unlock()
	return func() {
		b.mu.Lock()
		b.watch[at] = nil
		b.mu.Unlock()
	}
}

func (b *board) set(p int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.watch {
		if f != nil {
			f(p)
		}
	}
}

func serve(b *board, app *kit.App) {
	page := []byte(app.Text(2000))                        // @also
	stop := b.onChange(func(p int) { page[0] = byte(p) }) // @also
	if app.Repaired {
		stop()
	}
}

func main() {
	app := kit.Start()
	b := new(board)
	app.Load(25, func(i int) { serve(b, app) })
	app.Load(0.5, b.set)
	app.Wait()
}
