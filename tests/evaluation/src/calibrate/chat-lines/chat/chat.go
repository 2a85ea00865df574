// SPDX-License-Identifier: Apache-2.0

// Package chat keeps a goroutine for each open conversation; they last an hour or two and follow the day.
package chat

import (
	"time"

	"example.com/harbor/internal/web"
)

type chat struct {
	app  *web.App
	text chan string
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &chat{app: app}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n/3; i++ {
			length := time.Duration(20+app.Rand.Intn(100)) * time.Minute
			go c.talk(length)
		}
	}}
}

func (c *chat) talk(length time.Duration) {
	lines := make([]byte, 3000)
	end := time.NewTimer(length)
	select {
	case <-end.C:
	case text := <-c.text:
		copy(lines, text)
	}
	c.app.Go(func() { lines[0]++ })
}
