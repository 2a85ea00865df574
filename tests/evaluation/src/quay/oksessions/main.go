// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sync"
	"time"

	"example.net/quay/kit"
)

type session struct {
	user  int
	ends  time.Time
	state []byte
}

func main() {
	app := kit.Start()
	var mu sync.Mutex
	open := map[int]*session{}
	app.Load(25, func(i int) {
		mu.Lock()
		open[i] = &session{i, time.Now().Add(150 * time.Second), []byte(app.Text(1800))}
		mu.Unlock()
	})
	go func() {
		for now := range time.Tick(5 * time.Second) {
			mu.Lock()
			for k, s := range open {
				if now.After(s.ends) {
					delete(open, k)
				}
			}
			mu.Unlock()
		}
	}()
	app.Wait()
}
