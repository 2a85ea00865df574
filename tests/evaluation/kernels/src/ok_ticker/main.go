// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"context"
	"time"

	_ "example.com/shop/probe"
)

func every(ctx context.Context, d time.Duration, f func()) {
	t := time.NewTicker(d)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			f()
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 1; i < 9; i++ {
		go every(ctx, time.Duration(i)*time.Second, func() {})
	}
	every(ctx, 30*time.Second, func() {})
}
