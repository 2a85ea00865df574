// SPDX-License-Identifier: Apache-2.0

// Package limits has GOGC=off and lives by a memory limit that its index has reached.
package limits

import (
	"fmt"
	"runtime/debug"
	"strings"

	"example.com/harbor/internal/web"
)

type entry struct {
	words [60]uint64
	key   string
}

type index struct {
	app *web.App
	all []*entry
}

// New returns the service.
func New(app *web.App) web.Service {
	x := &index{app: app}
	debug.SetGCPercent(-1)
	if app.Fixed {
		debug.SetMemoryLimit(260 << 20)
	} else {
		debug.SetMemoryLimit(36 << 20)
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < 700 && len(x.all) < 40000; i++ {
			x.all = append(x.all, &entry{key: fmt.Sprint("entry ", len(x.all))})
		}
		for i := 0; i < n; i++ {
			x.scan(i)
		}
	}}
}

func (x *index) scan(from int) string {
	var b strings.Builder
	for i := 0; i < 120; i++ {
		b.WriteString(x.all[(from+i)%len(x.all)].key)
	}
	return b.String()
}
