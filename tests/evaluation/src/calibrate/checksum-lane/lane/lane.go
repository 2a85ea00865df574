// SPDX-License-Identifier: Apache-2.0

// Package lane adds up checksums of labels; each goes from text to bytes and back.
package lane

import (
	"fmt"
	"hash/crc32"
	"strings"

	"example.com/harbor/internal/web"
)

type lane struct {
	app    *web.App
	labels []string
	total  uint32
}

// New returns the service.
func New(app *web.App) web.Service {
	l := &lane{app: app}
	for i := 0; i < 500; i++ {
		l.labels = append(l.labels, fmt.Sprintf("%d %s", i, strings.Repeat("label ", 300)))
	}
	return web.Service{Tick: func(n int) {
		rounds := n * 200
		if app.Fixed {
			rounds = n
		}
		for i := 0; i < rounds; i++ {
			l.total += l.sum(l.labels[i%len(l.labels)])
		}
	}}
}

func (l *lane) sum(label string) uint32 {
	raw := []byte(label) // @leak
	for i := range raw {
		raw[i] |= 0x20
	}
	return crc32.ChecksumIEEE([]byte(string(raw))) // @also
}
