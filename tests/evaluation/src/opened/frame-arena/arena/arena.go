// SPDX-License-Identifier: Apache-2.0

// Package arena takes memory for video frames straight from the kernel.
package arena

import (
	"syscall"

	"example.org/meadow/internal/broker"
)

type arena struct {
	node   *broker.Node
	blocks [][]byte
	free   [][]byte
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	a := &arena{node: node}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/40; i++ {
				a.frame(96 << 10)
			}
		},
		Held: func() (int64, int64) {
			if node.Fixed {
				return 0, 0
			}
			return int64(len(a.blocks)), int64(len(a.blocks)) * (96 << 10)
		},
	}
}

func (a *arena) frame(size int) {
	var block []byte
	if n := len(a.free); n > 0 && a.node.Fixed {
		block, a.free = a.free[n-1], a.free[:n-1]
	} else {
		var err error
		block, err = syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
		if err != nil {
			panic(err)
		}
		a.blocks = append(a.blocks, block)
	}
	for i := 0; i < len(block); i += 4096 {
		block[i]++
	}
	if a.node.Fixed {
		a.free = append(a.free, block)
	}
}
