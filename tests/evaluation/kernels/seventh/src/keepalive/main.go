// SPDX-License-Identifier: Apache-2.0

// A lease's answers that nobody reads: who brings them has the lock that giving up the lease needs.
package main

import (
	"time"

	"example.com/flock/keepalive/lessor"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	l := lessor.New()
	l.KeepAlive()
	time.Sleep(100 * time.Millisecond)
	l.Revoke()
}
