// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,context wait=(chan.receive|select) says=(?i)(cancel|context)
import (
	"context"

	_ "example.com/shop/probe"
)

func subscribe(ctx context.Context, topic string) {
	go func() {
		<-ctx.Done() // <- here
		_ = topic
	}()
}

func handle(root context.Context, i int) {
	ctx, cancel := context.WithCancel(root)
	_ = cancel
	subscribe(ctx, "orders")
}

func main() {
	for i := 0; i < 60; i++ {
		handle(context.Background(), i)
	}
	<-make(chan int)
}
