// SPDX-License-Identifier: Apache-2.0

// Command askeach has two actors that ask each other while they answer.
package main

import (
	"example.com/bench/rig"
)

type question struct {
	depth int
	reply chan int
}

type actor struct {
	inbox chan question
	other *actor
}

func (a *actor) loop() {
	for q := range a.inbox {
		if q.depth > 0 && !rig.Repaired {
			q.reply <- a.other.ask(q.depth - 1)
		} else {
			q.reply <- 1
		}
	}
}

func (a *actor) ask(depth int) int {
	q := question{depth: depth, reply: make(chan int, 1)}
	a.inbox <- q
	return <-q.reply // <- here
}

func scenario() {
	stock, prices := &actor{inbox: make(chan question, 4)}, &actor{inbox: make(chan question, 4)}
	stock.other, prices.other = prices, stock
	go stock.loop()
	go prices.loop()
	stock.ask(2)
	close(stock.inbox)
	close(prices.inbox)
}

func main() {
	rig.Run(scenario)
}
