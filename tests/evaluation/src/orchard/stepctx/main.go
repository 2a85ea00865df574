// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"fmt"

	"example.net/orchard/stepctx/flow"
	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	var runs []*flow.Run
	for i := 0; i < 20; i++ {
		runs = append(runs, flow.Begin(context.Background(), fmt.Sprintf("line-%d", i), y.Strict))
	}
	y.Pace(400, func(i int) {
		body := make([]byte, 200)
		y.Fill(body)
		if i%500 == 7 {
			body[0] = '!'
		}
		runs[y.Intn(len(runs))].Message(body)
	})
	y.Wait()
}
