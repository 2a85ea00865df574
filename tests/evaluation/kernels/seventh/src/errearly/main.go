// SPDX-License-Identifier: Apache-2.0

// Checks of several hosts that all tell their error to one channel, of which the first is read.
package main

import (
	"errors"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type prober struct{ hosts []string }

func (p *prober) all() error {
	errs := make(chan error)
	if rig.Repaired {
		errs = make(chan error, len(p.hosts))
	}
	for i := range p.hosts {
		i := i
		go func() {
			errs <- p.one(i) // <- here
		}()
	}
	for range p.hosts {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func (p *prober) one(i int) error {
	time.Sleep(time.Duration(i) * time.Millisecond)
	return errors.New("no route to " + p.hosts[i])
}

func scenario() {
	p := &prober{hosts: []string{"n1", "n2", "n3", "n4"}}
	if err := p.all(); err != nil {
		time.Sleep(30 * time.Millisecond)
	}
}
