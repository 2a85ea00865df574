// SPDX-License-Identifier: Apache-2.0

// Command flightkey asks a flight for the key that it is under way to load.
package main

import (
	"example.com/reduced/rig"
	"golang.org/x/sync/singleflight"
)

type registry struct {
	flight singleflight.Group
}

func (r *registry) manifest(ref string) (any, error) {
	return r.flight.Do(ref, func() (any, error) { // <- here
		if rig.Repaired {
			return r.resolve(ref + "@digest")
		}
		return r.resolve(ref)
	})
}

func (r *registry) resolve(ref string) (any, error) {
	if len(ref) > 10 {
		return ref, nil
	}
	return r.manifest(ref)
}

func scenario() {
	(&registry{}).manifest("alpine")
}

func main() {
	rig.Run(scenario)
}
