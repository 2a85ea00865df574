// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"

	"example.net/quay/kit"
)

type spanKey int

type span struct {
	name string
	tags [12]string
}

func work(ctx context.Context, n int) int {
	s, _ := ctx.Value(spanKey(0)).(*span)
	if s == nil {
		return n
	}
	return n + len(s.name)
}

func consume(app *kit.App, messages <-chan string) {
	ctx := context.Background()
	sum := 0
	for m := range messages {
		s := &span{name: m} // @also
		s.tags[0] = m[:4]
		if app.Repaired {
			sum += work(context.WithValue(ctx, spanKey(0), s), sum)
			continue
		}
		ctx = context.WithValue(ctx, spanKey(0), s) // @leak
		sum += work(ctx, sum)
	}
}

func main() {
	app := kit.Start()
	messages := make(chan string, 64)
	go consume(app, messages)
	app.Load(150, func(i int) { messages <- app.Text(90) }) // @also
	app.Wait()
}
