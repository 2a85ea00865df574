// SPDX-License-Identifier: Apache-2.0

// A cache's first load that fails and does not say that it is over.
package main

import (
	"errors"
	"time"

	"example.com/flock/nosender/informer"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	i := informer.Start(func() ([]string, error) { return nil, errors.New("forbidden") })
	for n := 0; n < 2; n++ {
		go i.WaitForSync()
	}
	time.Sleep(50 * time.Millisecond)
}
