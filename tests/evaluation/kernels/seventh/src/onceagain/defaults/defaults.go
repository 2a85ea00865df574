// SPDX-License-Identifier: Apache-2.0

// Package defaults has what all use.
package defaults

import (
	"sync"

	"example.com/flock/rig"
)

type client struct{ log func(string) }

var (
	once   sync.Once
	shared *client
)

// Client makes the client when it is first asked for.
func Client() *client {
	once.Do(build) // <- here
	return shared
}

func build() {
	c := &client{log: logger("client")}
	c.log("made")
	shared = c
}

func logger(name string) func(string) {
	return func(text string) {
		if rig.Repaired {
			return
		}
		_ = Client() // <- here
	}
}
