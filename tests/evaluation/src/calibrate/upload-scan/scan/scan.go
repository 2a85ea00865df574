// SPDX-License-Identifier: Apache-2.0

// Package scan reads each upload whole, in a buffer that grows from nothing, to look for a word in it.
package scan

import (
	"bytes"
	"io"
	"strings"

	"example.com/harbor/internal/web"
)

type upload struct {
	text string
	at   int
}

type scanner struct {
	app     *web.App
	uploads []string
	owners  map[string]*upload
	hits    int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &scanner{app: app, owners: make(map[string]*upload)}
	for i := 0; i < 30; i++ {
		s.uploads = append(s.uploads, strings.Repeat("a line of an upload, and so on\n", 800+100*i))
	}
	for i := 0; i < 60000; i++ {
		s.owners[strings.Repeat("o", i%7)+string(rune('a'+i%26))+strings.Repeat("w", i%11)+string(rune(i+256))] = &upload{at: i}
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			s.scan(strings.NewReader(s.uploads[i%len(s.uploads)]))
		}
	}}
}

func (s *scanner) scan(from io.Reader) {
	if s.app.Fixed {
		piece := make([]byte, 4<<10)
		for {
			n, err := from.Read(piece)
			s.hits += bytes.Count(piece[:n], []byte("virus"))
			if err != nil {
				return
			}
		}
	}
	all, err := io.ReadAll(struct{ io.Reader }{from}) // @leak
	if err == nil {
		s.hits += bytes.Count(bytes.ToLower(all), []byte("virus")) // @also
	}
}
