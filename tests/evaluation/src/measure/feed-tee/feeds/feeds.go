// SPDX-License-Identifier: Apache-2.0

// Package feeds reads what publishers send, and keeps a copy for a look at broken feeds.
package feeds

import (
	"bytes"
	"io"
	"strings"

	"example.net/lantern/internal/press"
	"example.net/lantern/internal/shelf"
)

type source struct {
	publisher int
	copied    bytes.Buffer
	items     int
}

type reader struct {
	desk    *press.Desk
	sources [7]source
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	r := &reader{desk: desk}
	desk.On("FEED", func(a *press.Ask) { r.read(&r.sources[desk.Rand.Intn(7)], strings.NewReader(a.Body)) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				desk.Ask("FEED", "publisher", shelf.Letter(desk.Rand, 900))
			}
		},
		Held: func() (int64, int64) {
			all := int64(0)
			for i := range r.sources {
				all += int64(r.sources[i].copied.Cap())
			}
			return 7, all
		},
	}
}

func (r *reader) read(s *source, feed io.Reader) {
	if r.desk.Fixed {
		s.copied.Reset()
	}
	tee := io.TeeReader(feed, &s.copied)
	piece := make([]byte, 512)
	for {
		n, err := tee.Read(piece) // @leak
		s.items += bytes.Count(piece[:n], []byte(" "))
		if err != nil {
			return
		}
	}
}
