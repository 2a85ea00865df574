// SPDX-License-Identifier: Apache-2.0

// Command ok_elect is not the leader: its controllers wait until it is, and its log until there is something to write.
//
// expect none
package main

import (
	"context"
	"sync"
	"time"

	"example.org/depot/port"
)

type elector struct {
	elected chan struct{}
	lost    context.Context
}

func (e *elector) renew() {
	t := time.NewTicker(3 * time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-e.lost.Done():
			return
		}
	}
}

type controller struct {
	name    string
	elector *elector
}

func (c *controller) run(wg *sync.WaitGroup) {
	defer wg.Done()
	<-c.elector.elected
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e := &elector{elected: make(chan struct{}), lost: ctx}
	go e.renew()
	var wg sync.WaitGroup
	for _, name := range []string{"nodes", "leases", "endpoints", "quota", "garbage", "tokens"} {
		wg.Add(1)
		go (&controller{name, e}).run(&wg)
	}
	go func() {
		wg.Wait()
		cancel()
	}()
	port.Run()
}
