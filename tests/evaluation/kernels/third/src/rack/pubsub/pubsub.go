// SPDX-License-Identifier: Apache-2.0

// Package pubsub hands each message of a topic to all who subscribed.
package pubsub

import "sync"

type Topic struct {
	mu   sync.Mutex
	subs []chan string
}

func (t *Topic) Subscribe() <-chan string {
	c := make(chan string)
	t.mu.Lock()
	t.subs = append(t.subs, c)
	t.mu.Unlock()
	return c
}

func (t *Topic) Publish(text string) {
	t.mu.Lock()
	subs := append([]chan string(nil), t.subs...)
	t.mu.Unlock()
	for _, c := range subs {
		c <- text
	}
}
