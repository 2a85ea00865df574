// SPDX-License-Identifier: Apache-2.0
package main

import (
	"time"

	"example.net/orchard/fieldalerts/board"
	"example.net/orchard/yard"
)

// watch reads alerts for a while, as a phone in somebody's pocket does.
func watch(b *board.Board, stay time.Duration) int {
	sub := b.Subscribe(2)
	defer sub.Close()
	end, seen := time.After(stay), 0
	for {
		select {
		case a := <-sub.C:
			seen += len(a.Text)
		case <-end:
			return seen
		}
	}
}

func main() {
	y := yard.Open()
	b := board.New(y.Strict)
	for i := 0; i < 6; i++ {
		go watch(b, 24*time.Hour)
	}
	y.Pace(0.03, func(i int) { go watch(b, time.Duration(20+y.Intn(40))*time.Second) })
	y.Pace(0.22, func(i int) {
		text := make([]byte, 300)
		y.Fill(text)
		b.Publish(board.Alert{Field: i % 40, Text: string(text)})
	})
	y.Wait()
}
