// SPDX-License-Identifier: Apache-2.0

// Package pool has workers.
package pool

type task[A, B any] struct {
	argument A
	result   chan<- B
}

// Pool calls one function in several goroutines.
type Pool[A, B any] struct {
	tasks chan task[A, B]
}

// Start starts them.
func Start[A, B any](workers int, f func(A) B) *Pool[A, B] {
	p := &Pool[A, B]{make(chan task[A, B])}
	for i := 0; i < workers; i++ {
		go p.work(f)
	}
	return p
}

func (p *Pool[A, B]) work(f func(A) B) {
	for t := range p.tasks {
		t.result <- f(t.argument)
	}
}

// Do has one of them call.
func (p *Pool[A, B]) Do(argument A) B {
	result := make(chan B, 1)
	p.tasks <- task[A, B]{argument, result}
	return <-result
}
