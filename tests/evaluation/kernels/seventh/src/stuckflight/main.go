// SPDX-License-Identifier: Apache-2.0

// A token that one request fetches for all; its answer never comes.
package main

import (
	"time"

	"golang.org/x/sync/singleflight"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type tokens struct {
	flights singleflight.Group
	answers chan string
}

func (t *tokens) get(audience string) string {
	token, _ := t.flights.Do(audience, func() (any, error) { // <- here
		return t.fetch(), nil
	})
	return token.(string)
}

func (t *tokens) fetch() string {
	if rig.Repaired {
		select {
		case answer := <-t.answers:
			return answer
		case <-time.After(20 * time.Millisecond):
			return ""
		}
	}
	return <-t.answers // <- here
}

func scenario() {
	t := &tokens{answers: make(chan string)}
	rig.Traffic(func(int) {
		go t.get("storage")
		time.Sleep(10 * time.Millisecond)
	})
}
