// SPDX-License-Identifier: Apache-2.0

// Package tags has one copy of each tag that is in use, as the runtime's own table keeps them.
package tags

import (
	"fmt"
	"unique"

	"example.net/lantern/internal/press"
)

// New returns the service.
func New(desk *press.Desk) press.Job {
	used := make([]unique.Handle[string], 40000)
	return press.Job{Tick: func(n int) {
		for i := 0; i < n*20; i++ {
			tag := fmt.Sprintf("tag %d of somebody who writes long ones %d", desk.Rand.Intn(1<<24), i%7)
			used[desk.Rand.Intn(len(used))] = unique.Make(tag)
		}
	}}
}
