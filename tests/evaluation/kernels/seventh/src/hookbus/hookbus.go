// SPDX-License-Identifier: Apache-2.0

// Package hookbus stands for a library that calls its users back from goroutines of its own.
package hookbus

import "sync"

// Bus hands each message to all that listen, in a goroutine for each.
type Bus struct {
	mu        sync.Mutex
	listeners []func(topic string)
}

// Listen adds one that is called for each message.
func (b *Bus) Listen(f func(topic string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners = append(b.listeners, f)
}

// Publish calls all listeners, and returns when each of them has.
func (b *Bus) Publish(topic string) {
	b.mu.Lock()
	listeners := b.listeners
	b.mu.Unlock()
	var wg sync.WaitGroup
	for _, f := range listeners {
		wg.Add(1)
		go b.deliver(f, topic, &wg)
	}
	wg.Wait()
}

func (b *Bus) deliver(f func(string), topic string, wg *sync.WaitGroup) {
	defer wg.Done()
	f(topic)
}

// Post calls all listeners and does not wait for them.
func (b *Bus) Post(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.listeners {
		f := f
		go f(topic)
	}
}
