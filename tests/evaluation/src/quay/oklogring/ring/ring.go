// SPDX-License-Identifier: Apache-2.0
package ring

type Entry struct {
	At   int64
	Text string
}

// Ring keeps the newest entries.
type Ring struct {
	all  []Entry
	next int
	max  int
}

func New(max int) *Ring { return &Ring{max: max} }

func (r *Ring) Add(e Entry) {
	if len(r.all) < r.max {
		r.all = append(r.all, e)
		return
	}
	r.all[r.next] = e
	r.next = (r.next + 1) % r.max
}
