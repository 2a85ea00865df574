// SPDX-License-Identifier: Apache-2.0

// Package sema is a counting semaphore over a channel.
package sema

type Sema struct {
	slots chan struct{}
}

func New(n int) *Sema {
	return &Sema{slots: make(chan struct{}, n)}
}

func (s *Sema) Acquire() {
	s.slots <- struct{}{}
}

func (s *Sema) Release() {
	<-s.slots
}
