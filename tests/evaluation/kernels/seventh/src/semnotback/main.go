// SPDX-License-Identifier: Apache-2.0

// An uploader with four slots, of which each upload that fails keeps one.
package main

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/semaphore"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type uploader struct {
	slots *semaphore.Weighted
	sent  chan int
}

func (u *uploader) upload(ctx context.Context, part int) error {
	if err := u.slots.Acquire(ctx, 1); err != nil { // <- here
		return err
	}
	if part%2 == 1 {
		if rig.Repaired {
			u.slots.Release(1)
		}
		return errors.New("connection reset")
	}
	u.sent <- part
	u.slots.Release(1)
	return nil
}

func scenario() {
	u := &uploader{slots: semaphore.NewWeighted(2), sent: make(chan int, 64)}
	rig.Traffic(func(n int) {
		for part := 0; part < 4; part++ {
			go u.upload(context.Background(), part)
		}
		time.Sleep(10 * time.Millisecond)
	})
}
