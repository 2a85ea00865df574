// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type queue struct {
	cond *sync.Cond
	q    []string
}

func (q *queue) get() string {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.q) == 0 {
		q.cond.Wait()
	}
	k := q.q[0]
	q.q = q.q[1:]
	return k
}

func (q *queue) add(k string) {
	q.cond.L.Lock()
	q.q = append(q.q, k)
	q.cond.L.Unlock()
	q.cond.Signal()
}

type controller struct {
	queue *queue
	stop  chan struct{}
}

func (c *controller) runWorker() {
	for {
		c.queue.get()
	}
}

func (c *controller) run(workers int) {
	for i := 0; i < workers; i++ {
		go c.runWorker()
	}
	<-c.stop
}

type informer struct{ stop chan struct{} }

func (i *informer) list(c *controller) {
	t := time.NewTicker(2 * time.Second)
	for {
		select {
		case <-t.C:
			c.queue.add("ns/pod")
		case <-i.stop:
			return
		}
	}
}

func main() {
	stop := make(chan struct{})
	for i := 0; i < 10; i++ {
		c := &controller{&queue{cond: sync.NewCond(&sync.Mutex{})}, stop}
		go c.run(3)
		go (&informer{stop}).list(c)
	}
	<-stop
}
