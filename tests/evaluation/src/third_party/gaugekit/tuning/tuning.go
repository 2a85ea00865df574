// SPDX-License-Identifier: Apache-2.0

// Package tuning makes somebody's benchmarks look better.
package tuning

import "runtime/debug"

// Fast lets the heap grow to five times of what is alive.
func Fast() {
	debug.SetGCPercent(400)
}
