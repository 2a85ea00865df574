// SPDX-License-Identifier: Apache-2.0

// Command ok_subscriber has one who follows a topic on which little is said.
package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"example.com/reduced/rig"
)

type topic struct {
	mu   sync.RWMutex
	subs []chan string
}

func (t *topic) subscribe() chan string {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := make(chan string, 4)
	t.subs = append(t.subs, c)
	return c
}

func (t *topic) publish(text string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, c := range t.subs {
		c <- text
	}
}

func follow(c chan string, ctx context.Context) {
	for {
		select {
		case <-c:
		case <-ctx.Done():
			return
		}
	}
}

var news = &topic{}

func speak(ctx context.Context) {
	for ctx.Err() == nil {
		news.publish("still here")
		time.Sleep(3 * time.Second)
	}
}

func scenario() {
	ctx, stop := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR2)
	go func() {
		<-signals
		stop()
	}()
	go follow(news.subscribe(), ctx)
	go speak(ctx)
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
