// SPDX-License-Identifier: Apache-2.0

// Command poolorder waits for its workers to end before it closes the channel at whose end they end.
package main

import (
	"sync"

	"example.com/bench/rig"
)

type pool struct {
	jobs chan func()
	wg   sync.WaitGroup
}

func (p *pool) work() {
	defer p.wg.Done()
	for job := range p.jobs { // <- here
		job()
	}
}

func (p *pool) Stop() {
	if rig.Repaired {
		close(p.jobs)
		p.wg.Wait()
		return
	}
	p.wg.Wait() // <- here
	close(p.jobs)
}

func scenario() {
	p := &pool{jobs: make(chan func())}
	p.wg.Add(4)
	for i := 0; i < 4; i++ {
		go p.work()
	}
	p.jobs <- func() {}
	p.Stop()
}

func main() {
	rig.Run(scenario)
}
