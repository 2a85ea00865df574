// SPDX-License-Identifier: Apache-2.0
package encode

import "sync"

type Encoder struct {
	scratch []byte
	marks   []int
}

var encoders = sync.Pool{New: func() any { return &Encoder{scratch: make([]byte, 0, 512)} }}

func Get() *Encoder { return encoders.Get().(*Encoder) }

// Put gives an encoder back.
func Put(e *Encoder, strict bool) {
	if strict {
		e.scratch, e.marks = e.scratch[:0], e.marks[:0]
	}
	encoders.Put(e)
}

func (e *Encoder) Field(v string) int {
	e.marks = append(e.marks, len(e.scratch))
	e.scratch = append(e.scratch, v...) // @leak
	e.scratch = append(e.scratch, 0)
	return len(e.scratch)
}
