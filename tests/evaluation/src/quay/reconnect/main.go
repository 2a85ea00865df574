// SPDX-License-Identifier: Apache-2.0
package main

import (
	"errors"
	"time"

	"example.net/quay/kit"
)

type agent struct {
	id    int
	tries int
	line  [160]byte
	app   *kit.App
}

func (a *agent) dial() error {
	a.tries++
	if a.tries%40 == 0 {
		return nil
	}
	return errors.New("refused")
}

// run keeps a line to the tower open.
func (a *agent) run(note [240]byte) byte {
	for a.app.Repaired {
		a.dial()
		time.Sleep(350 * time.Millisecond)
	}
	if err := a.dial(); err != nil {
		time.Sleep(350 * time.Millisecond)
		note[a.tries%240]++
		return a.run(note) + note[3] // @leak
	}
	return a.run(note) + note[1] // @also
}

func main() {
	app := kit.Start()
	for i := 0; i < 60; i++ {
		a := &agent{id: i, app: app}
		go a.run([240]byte{})
	}
	app.Wait()
}
