// SPDX-License-Identifier: Apache-2.0

// Command poolget borrows a connection and keeps it when a query fails.
package main

import (
	"errors"

	"example.com/reduced/rig"
)

type pool struct {
	idle chan int
}

func (p *pool) get() int {
	return <-p.idle // <- here
}

func (p *pool) put(c int) {
	p.idle <- c
}

func (p *pool) query(text string) error {
	c := p.get()
	if text == "" {
		if rig.Repaired {
			p.put(c)
		}
		return errors.New("empty query")
	}
	p.put(c)
	return nil
}

func scenario() {
	p := &pool{idle: make(chan int, 1)}
	p.put(1)
	p.query("")
	p.query("select 1")
}

func main() {
	rig.Run(scenario)
}
