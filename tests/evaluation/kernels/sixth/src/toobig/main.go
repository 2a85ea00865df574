// SPDX-License-Identifier: Apache-2.0

// Command toobig asks a semaphore for more than it has.
package main

import (
	"context"

	"example.com/bench/rig"
	"golang.org/x/sync/semaphore"
)

type packer struct{ room *semaphore.Weighted }

func (p *packer) pack(weight int64) error {
	if rig.Repaired && weight > 4 {
		weight = 4
	}
	if err := p.room.Acquire(context.Background(), weight); err != nil { // <- here
		return err
	}
	defer p.room.Release(weight)
	return nil
}

func scenario() {
	p := &packer{room: semaphore.NewWeighted(4)}
	p.pack(3)
	p.pack(10)
}

func main() {
	rig.Run(scenario)
}
