// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"time"

	"example.net/quay/kit"
)

func call(ctx context.Context, body string) {
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second)
	time.AfterFunc(30*time.Second, cancel)
	<-ctx.Done()
	_ = len(body)
}

func main() {
	app := kit.Start()
	app.Load(9, func(i int) { go call(context.Background(), app.Text(900)) })
	app.Wait()
}
