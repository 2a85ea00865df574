// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"context"
	"os"
	"os/signal"
	"time"

	_ "example.com/shop/probe"
)

type elector struct{ lost chan struct{} }

func (e *elector) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-e.lost:
			time.Sleep(time.Second)
		}
	}
}

func serve(ctx context.Context) { <-ctx.Done() }

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	go (&elector{make(chan struct{})}).run(ctx)
	go serve(ctx)
	<-ctx.Done()
}
