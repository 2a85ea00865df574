// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sync"
	"time"

	"example.net/quay/kit"
)

type device struct {
	id     int
	alive  bool
	timer  *time.Timer
	report []byte
}

type fleet struct {
	mu   sync.Mutex
	devs map[int]*device
	lost int
}

func (f *fleet) beat(id int, report []byte, strict bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	d := f.devs[id]
	if d == nil {
		d = &device{id: id}
		f.devs[id] = d
	}
	if strict && d.timer != nil {
		d.timer.Stop()
	}
	d.alive = true
	d.timer = time.AfterFunc(2*time.Hour, func() { // @leak
		f.miss(d, report)
	})
}

func (f *fleet) miss(d *device, report []byte) {
	f.mu.Lock()
	d.alive, d.report = false, report
	f.lost++
	f.mu.Unlock()
}

func main() {
	app := kit.Start()
	f := &fleet{devs: map[int]*device{}}
	app.Load(60, func(i int) {
		f.beat(i%500, []byte(app.Text(700)), app.Repaired) // @also
	})
	app.Wait()
}
