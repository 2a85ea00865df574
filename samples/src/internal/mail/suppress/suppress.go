// SPDX-License-Identifier: Apache-2.0

// Package suppress knows the addresses that must not get mail.
package suppress

import (
	"hash/fnv"
	"sync/atomic"
)

// List is replaced as a whole when the nightly export arrives.
type List struct {
	hashes atomic.Value // map[uint64]struct{}
}

// NewList loads an export of n addresses.
func NewList(n int) *List {
	l := new(List)
	set := make(map[uint64]struct{}, n)
	x := uint64(0x9e3779b97f4a7c15)
	for i := 0; i < n; i++ {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		set[x] = struct{}{}
	}
	l.hashes.Store(set)
	return l
}

// Blocks reports whether address is on the list.
func (l *List) Blocks(address string) bool {
	h := fnv.New64a()
	h.Write([]byte(address))
	_, ok := l.hashes.Load().(map[uint64]struct{})[h.Sum64()]
	return ok
}
