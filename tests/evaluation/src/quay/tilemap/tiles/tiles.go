// SPDX-License-Identifier: Apache-2.0
package tiles

import "syscall"

type Tile struct{ mem []byte }

// Map gives memory for a tile outside the heap.
func Map(size int) (*Tile, error) {
	mem, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE) // @leak
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(mem); i += 4096 {
		mem[i] = 1
	}
	return &Tile{mem}, nil
}

func (t *Tile) Close() { syscall.Munmap(t.mem) }
