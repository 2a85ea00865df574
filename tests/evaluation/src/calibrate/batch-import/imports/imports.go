// SPDX-License-Identifier: Apache-2.0

// Package imports reads price lists in parallel.
package imports

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type list struct {
	rows  [][]string
	total int64
}

type importer struct {
	app  *web.App
	hung int64
}

// New returns the service.
func New(app *web.App) web.Service {
	im := &importer{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/15; i++ {
				go im.load(i%4 == 1)
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) { return im.hung, im.hung * 5200 },
	}
}

func (im *importer) load(broken bool) {
	l := &list{}
	for i := 0; i < 20; i++ {
		l.rows = append(l.rows, strings.Split(strings.Repeat("12;", 4), ";"))
	}
	if broken && !im.app.Fixed {
		atomic.AddInt64(&im.hung, 1)
	}
	var wg sync.WaitGroup
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go im.part(l, i, broken, &wg)
	}
	wg.Wait() // @leak
	l.rows = nil
}

func (im *importer) part(l *list, i int, broken bool, wg *sync.WaitGroup) {
	if broken && i == 3 && !im.app.Fixed {
		return // a bad row: Done is never called
	}
	atomic.AddInt64(&l.total, int64(len(l.rows[i])))
	wg.Done()
}
