// SPDX-License-Identifier: Apache-2.0

// Package blobs reads files all day; the kernel keeps as many of their pages as the container allows.
package blobs

import "example.org/meadow/internal/broker"

// New returns the service.
func New(node *broker.Node) broker.Work {
	files := int64(20 << 20)
	node.Container(192<<20, files)
	read := make([][]byte, 400)
	return broker.Work{Tick: func(n int) {
		if files < 400<<20 {
			files += int64(n) << 14
		}
		node.Container(192<<20, files)
		for i := 0; i < n; i++ {
			read[node.Rand.Intn(len(read))] = make([]byte, 16<<10)
		}
	}}
}
