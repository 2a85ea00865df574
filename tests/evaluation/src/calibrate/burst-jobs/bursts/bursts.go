// SPDX-License-Identifier: Apache-2.0

// Package bursts starts thousands of goroutines at times; their descriptors stay, the goroutines end.
package bursts

import (
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type jobs struct {
	app   *web.App
	ticks int
	done  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	j := &jobs{app: app}
	return web.Service{Tick: func(n int) {
		j.ticks++
		if j.ticks%29 == 11 {
			for i := 0; i < 1500+100*j.ticks; i++ {
				go j.run(i)
			}
		}
	}}
}

func (j *jobs) run(i int) {
	scratch := make([]byte, 2048)
	time.Sleep(time.Duration(1+i%300) * time.Second)
	scratch[0]++
	atomic.AddInt64(&j.done, int64(scratch[0]))
}
