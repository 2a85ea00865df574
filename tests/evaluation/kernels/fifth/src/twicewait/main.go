// SPDX-License-Identifier: Apache-2.0

// Command twicewait waits for the end of a job two times, and the job says it once.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type job struct {
	end chan error
}

func (j *job) run() {
	time.Sleep(5 * time.Millisecond)
	j.end <- nil
	if rig.Repaired {
		close(j.end)
	}
}

func (j *job) wait() error {
	return <-j.end // <- here
}

func scenario() {
	j := &job{end: make(chan error, 1)}
	go j.run()
	if err := j.wait(); err == nil {
		j.wait()
	}
}

func main() {
	rig.Run(scenario)
}
