// SPDX-License-Identifier: Apache-2.0

// Command weighted does not give its weight back when the work failed.
package main

import (
	"context"
	"errors"
	"time"

	"example.com/reduced/rig"
	"golang.org/x/sync/semaphore"
)

type builder struct{ slots *semaphore.Weighted }

func (b *builder) build(image string) error {
	if err := b.slots.Acquire(context.Background(), 1); err != nil { // <- here
		return err
	}
	if image == "" {
		if rig.Repaired {
			b.slots.Release(1)
		}
		return errors.New("no image")
	}
	b.slots.Release(1)
	return nil
}

func scenario() {
	b := &builder{slots: semaphore.NewWeighted(1)}
	b.build("")
	go b.build("web")
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
