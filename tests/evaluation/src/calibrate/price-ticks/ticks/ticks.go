// SPDX-License-Identifier: Apache-2.0

// Package ticks hands decoded prices to one goroutine that writes them down, slowly.
package ticks

import (
	"bytes"
	"encoding/gob"
	"time"

	"example.com/harbor/internal/web"
)

type tick struct {
	Symbol string
	Prices []float64
}

type tape struct {
	app   *web.App
	ticks chan *tick
	last  float64
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &tape{app: app, ticks: make(chan *tick, 200000)}
	go t.write()
	var one bytes.Buffer
	if err := gob.NewEncoder(&one).Encode(tick{Symbol: "HRBR", Prices: make([]float64, 20)}); err != nil {
		panic(err)
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				t.read(one.Bytes())
			}
		},
		Held: func() (int64, int64) { n := int64(len(t.ticks)); return n, n * 250 },
	}
}

func (t *tape) read(wire []byte) {
	one := new(tick)                                                          // @also
	if err := gob.NewDecoder(bytes.NewReader(wire)).Decode(one); err != nil { // @leak
		return
	}
	t.ticks <- one // @also
}

func (t *tape) write() {
	for one := range t.ticks {
		t.last = one.Prices[0]
		if !t.app.Fixed {
			time.Sleep(time.Second)
		}
	}
}
