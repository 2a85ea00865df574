// SPDX-License-Identifier: Apache-2.0

// Package until calls a function again and again until it is told to stop.
package until

import "time"

func Stopped(stop <-chan struct{}, period time.Duration, f func()) {
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-stop:
			return
		case <-t.C:
		}
		f()
		t.Reset(period)
	}
}
