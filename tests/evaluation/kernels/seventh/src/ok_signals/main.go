// SPDX-License-Identifier: Apache-2.0

// Healthy: one handler of signals, one that waits for the end, one that prints numbers.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type app struct {
	hups  chan os.Signal
	count int
}

func (a *app) reloads() {
	for range a.hups {
		a.count++
	}
}

func (a *app) untilEnd(ctx context.Context) {
	<-ctx.Done()
}

func (a *app) numbers() {
	for range time.Tick(30 * time.Second) {
		a.count++
	}
}

func scenario() {
	a := &app{hups: make(chan os.Signal, 1)}
	signal.Notify(a.hups, syscall.SIGHUP)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGUSR1)
	_ = stop
	go a.reloads()
	go a.untilEnd(ctx)
	go a.numbers()
	time.Sleep(20 * time.Millisecond)
}
