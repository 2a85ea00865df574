// SPDX-License-Identifier: Apache-2.0

//go:build ledger24

package book

// Since 2.4 every entry knows the one before it on the same account, so that a
// statement need not search the entries of all the others.

type link struct {
	prev *Entry
}

type tail struct {
	last *Entry
}

type history struct{}

func (history) add(a *Account, e *Entry) {
	e.prev = a.last
	a.last = e
}

// walk visits the entries of a, newest first.
func (history) walk(a *Account, visit func(*Entry) bool) {
	for e := a.last; e != nil; e = e.prev {
		if !visit(e) {
			return
		}
	}
}
