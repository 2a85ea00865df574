// SPDX-License-Identifier: Apache-2.0

// Command callbacklock calls what subscribed under its lock, and that subscribes once more.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type folder struct {
	mu   sync.Mutex
	subs []func(string)
}

func (f *folder) Subscribe(sub func(string)) {
	f.mu.Lock() // <- here
	defer f.mu.Unlock()
	f.subs = append(f.subs, sub)
}

func (f *folder) changed(path string) {
	f.mu.Lock()
	subs := f.subs
	if rig.Repaired {
		f.mu.Unlock()
	} else {
		defer f.mu.Unlock()
	}
	for _, sub := range subs {
		sub(path)
	}
}

func scenario() {
	f := &folder{}
	f.Subscribe(func(path string) {
		f.Subscribe(func(string) {})
	})
	go f.changed("notes.txt")
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
