// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"time"

	"example.net/quay/cargorpc/wire"
	"example.net/quay/kit"
)

type manifest struct {
	frames int
	bytes  int
	window [16 << 10]byte
}

func follow(ctx context.Context, s *wire.Stream, m *manifest) {
	for {
		f, err := s.Recv() // @leak
		if err != nil {
			return
		}
		m.frames++
		m.bytes += copy(m.window[:], f.Body)
	}
}

func main() {
	app := kit.Start()
	base := context.Background()
	app.Load(1, func(i int) {
		ctx, cancel := context.WithCancel(base)
		s := wire.Open(ctx)
		m := new(manifest)
		go follow(ctx, s, m)
		for j := 0; j < 5; j++ {
			s.Push(wire.Frame{Seq: j, Body: []byte(app.Text(900))})
		}
		if i%3 != 0 || app.Repaired {
			time.AfterFunc(2*time.Second, cancel)
		} else {
			_ = cancel // early return on a short manifest
		}
	})
	app.Wait()
}
