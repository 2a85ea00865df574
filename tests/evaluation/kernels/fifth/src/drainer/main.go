// SPDX-License-Identifier: Apache-2.0

// Command drainer tells its loop to stop, which has ended by itself before.
package main

import "example.com/reduced/rig"

type drainer struct {
	work chan int
	stop chan struct{}
}

func (d *drainer) loop() {
	for {
		select {
		case n := <-d.work:
			if n < 0 {
				return
			}
		case <-d.stop:
			return
		}
	}
}

func (d *drainer) Stop() {
	if rig.Repaired {
		close(d.stop)
		return
	}
	d.stop <- struct{}{} // <- here
}

func scenario() {
	d := &drainer{work: make(chan int), stop: make(chan struct{})}
	go d.loop()
	d.work <- 3
	d.work <- -1
	d.Stop()
}

func main() {
	rig.Run(scenario)
}
