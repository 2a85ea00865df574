// SPDX-License-Identifier: Apache-2.0

// Command ok_queue has two workers that wait for jobs, and somebody who could bring some.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type queue struct{ jobs chan func() }

func (q *queue) work() {
	for job := range q.jobs {
		job()
	}
}

var jobs = &queue{jobs: make(chan func(), 8)}

func scenario() {
	for i := 0; i < 2; i++ {
		go jobs.work()
	}
	jobs.jobs <- func() {}
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
