// SPDX-License-Identifier: Apache-2.0

// Package segments maps the files of a search index into memory. A merge makes a new file.
package segments

import (
	"os"
	"syscall"

	"example.net/lantern/internal/press"
)

type index struct {
	desk    *press.Desk
	mapped  []byte
	merges  int
	unclear int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	x := &index{desk: desk}
	ticks := 0
	return press.Job{
		Tick: func(n int) {
			if ticks++; ticks%9 == 1 {
				if err := x.merge(1500<<10 + n<<10); err != nil {
					panic(err)
				}
			}
			x.mapped[n%len(x.mapped)]++
		},
		Held: func() (int64, int64) { return int64(x.merges), x.unclear },
	}
}

// merge writes a segment, maps it, and forgets the one before without unmapping it.
func (x *index) merge(size int) error {
	file, err := os.CreateTemp("", "segment")
	if err != nil {
		return err
	}
	defer file.Close()
	defer os.Remove(file.Name())
	if err := file.Truncate(int64(size)); err != nil {
		return err
	}
	data, err := syscall.Mmap(int(file.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return err
	}
	for i := 0; i < size; i += 1024 {
		data[i] = byte(i)
	}
	switch {
	case x.desk.Fixed && x.mapped != nil:
		if err := syscall.Munmap(x.mapped); err != nil {
			return err
		}
	case !x.desk.Fixed:
		x.merges++
		x.unclear += int64(size)
	}
	x.mapped = data
	return nil
}
