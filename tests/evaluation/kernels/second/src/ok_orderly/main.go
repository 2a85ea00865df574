// SPDX-License-Identifier: Apache-2.0

// Command ok_orderly waits for the signal on which it would end, with a server, a job and their guards.
//
// expect none
package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"

	"example.org/ferry/watch"
)

type unit interface {
	Run(ctx context.Context) error
}

type web struct{ http.Server }

func (w *web) Run(ctx context.Context) error {
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		w.Shutdown(context.Background())
	}()
	return w.Serve(on)
}

type nightly struct{ at time.Duration }

func (n nightly) Run(ctx context.Context) error {
	t := time.NewTimer(n.at)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func all(ctx context.Context, units ...unit) <-chan error {
	ended := make(chan error, len(units))
	var running sync.WaitGroup
	for _, u := range units {
		running.Add(1)
		go func(u unit) {
			defer running.Done()
			ended <- u.Run(ctx)
		}(u)
	}
	go func() {
		running.Wait()
		close(ended)
	}()
	return ended
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ended := all(ctx, new(web), nightly{9 * time.Hour})
	go watch.Forever()
	for range ended {
	}
}
