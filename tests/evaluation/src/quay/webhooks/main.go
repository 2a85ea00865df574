// SPDX-License-Identifier: Apache-2.0
package main

import (
	"errors"
	"time"

	"example.net/quay/kit"
)

type hook struct {
	target string
	body   []byte
}

func (h *hook) post() error {
	if h.target == "gone" {
		return errors.New("410")
	}
	return nil
}

func deliver(h *hook, strict bool) {
	pause := 200 * time.Millisecond
	for try := 0; ; try++ {
		if h.post() == nil || (strict && try > 3) {
			return
		}
		time.Sleep(pause) // @leak
		if pause < 20*time.Second {
			pause *= 2
		}
	}
}

func main() {
	app := kit.Start()
	app.Load(5, func(i int) {
		h := &hook{target: "up", body: []byte(app.Text(700))}
		if i%8 == 0 {
			h.target = "gone"
		}
		go deliver(h, app.Repaired)
	})
	app.Wait()
}
