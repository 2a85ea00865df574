// SPDX-License-Identifier: Apache-2.0

// Package join reads two tables at once.
package join

import (
	"iter"

	"example.com/flock/rig"
)

// Table has rows.
type Table struct{ Rows int }

// All yields each row.
func (t Table) All(yield func(int) bool) {
	for i := 0; i < t.Rows; i++ {
		if !yield(i) { // <- here
			return
		}
	}
}

// Count counts pairs.
func Count(left, right iter.Seq[int]) (pairs int) {
	nextLeft, stopLeft := iter.Pull(left)
	nextRight, stopRight := iter.Pull(right)
	if rig.Repaired {
		defer stopLeft()
		defer stopRight()
	}
	for {
		_, more := nextLeft()
		_, both := nextRight()
		if !more || !both {
			return pairs
		}
		pairs++
	}
}
