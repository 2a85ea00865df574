// SPDX-License-Identifier: Apache-2.0

// Package imports switches the collector off for an import at night. One path out of it forgets to switch it on,
// and from then on only the memory limit is left.
package imports

import (
	"errors"
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type article struct {
	words [52]uint64
	next  *article
}

type importer struct {
	app   *web.App
	shelf []*article
	ticks int
}

var errUnchanged = errors.New("unchanged")

// New returns the service.
func New(app *web.App) web.Service {
	m := &importer{app: app, shelf: make([]*article, 40000)}
	debug.SetMemoryLimit(230 << 20)
	return web.Service{Tick: func(n int) {
		if m.ticks++; m.ticks%60 == 0 {
			_ = m.run(m.ticks == 60)
		}
		for i := 0; i < n*300; i++ {
			m.shelf[app.Rand.Intn(len(m.shelf))] = new(article)
		}
	}}
}

func (m *importer) run(isUnchanged bool) error {
	old := debug.SetGCPercent(-1)
	if m.app.Fixed {
		defer debug.SetGCPercent(old)
	}
	if isUnchanged {
		return errUnchanged
	}
	for i := 0; i < len(m.shelf); i += 3 {
		m.shelf[i] = new(article)
	}
	debug.SetGCPercent(old)
	return nil
}
