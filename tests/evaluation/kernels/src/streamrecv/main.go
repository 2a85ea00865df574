// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,context wait=select says=(?i)(cancel|context|exit|Done|select)
import (
	"context"
	"time"

	_ "example.com/shop/probe"
	"example.com/shop/rpc"
)

func watch(ctx context.Context, cc *rpc.Conn, key string) {
	s := cc.NewStream(ctx, key)
	go func() {
		for {
			ev, err := s.Recv() // <- here
			if err != nil {
				return
			}
			_ = ev
		}
	}()
}

func main() {
	cc := rpc.Dial("orders:443")
	for i := 0; i < 45; i++ {
		watch(context.Background(), cc, "k")
	}
	time.Sleep(time.Hour)
}
