// SPDX-License-Identifier: Apache-2.0

// Package report sends numbers now and then.
package report

import (
	"sync/atomic"
	"time"

	"example.com/flock/rig"
)

// Reporter sends until it is stopped.
type Reporter struct {
	stopped int32
	sum     int64
}

// Start begins.
func Start(read func() int) *Reporter {
	r := new(Reporter)
	go r.loop(read)
	return r
}

func (r *Reporter) loop(read func() int) {
	pause := 2 * time.Second
	if rig.Repaired {
		pause = 5 * time.Millisecond
	}
	for atomic.LoadInt32(&r.stopped) == 0 {
		atomic.AddInt64(&r.sum, int64(read()))
		time.Sleep(pause) // <- here
	}
}

// Stop stops it.
func (r *Reporter) Stop() {
	if rig.Repaired {
		atomic.StoreInt32(&r.stopped, 1)
	}
}
