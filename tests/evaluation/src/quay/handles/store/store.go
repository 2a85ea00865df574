// SPDX-License-Identifier: Apache-2.0
// go: 1.24 (1.26 refuses it)
package store

import (
	"runtime"
)

type Handle struct {
	fd   int
	page []byte
}

// Open gives a handle that cleans up after itself.
func Open(fd int, strict bool) *Handle {
	h := &Handle{fd: fd, page: make([]byte, 3000)} // @leak
	if strict {
		runtime.AddCleanup(h, func(fd int) { release(fd) }, h.fd)
		return h
	}
	runtime.AddCleanup(h, func(int) { release(h.fd) }, 0) // @also
	return h
}

var Released int

func release(int) { Released++ }
