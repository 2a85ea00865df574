// SPDX-License-Identifier: Apache-2.0

// A pool of encoders that loses one for each message that cannot be encoded.
package main

import (
	"time"

	"example.com/flock/notreturned/pool"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type encoder struct{ buffer []byte }

func (e *encoder) encode(n int) {
	if n%2 == 1 {
		panic("not a message")
	}
	e.buffer = append(e.buffer[:0], byte(n))
}

type publisher struct{ encoders *pool.Pool[*encoder] }

func (p *publisher) publish(n int) {
	defer func() { _ = recover() }()
	e := p.encoders.Get() // <- here
	if rig.Repaired {
		defer p.encoders.Put(e)
		e.encode(n)
		return
	}
	e.encode(n)
	p.encoders.Put(e)
}

func scenario() {
	p := &publisher{pool.Of(&encoder{}, &encoder{})}
	rig.Traffic(func(n int) {
		go p.publish(2*n + 1)
		go p.publish(2 * n)
		time.Sleep(5 * time.Millisecond)
	})
}
