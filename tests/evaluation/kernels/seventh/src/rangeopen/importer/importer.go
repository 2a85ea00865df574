// SPDX-License-Identifier: Apache-2.0

// Package importer reads files with several workers.
package importer

import "example.com/flock/rig"

type worker[T any] struct {
	queue  <-chan T
	insert func(T)
}

func (w worker[T]) run() {
	for row := range w.queue { // <- here
		w.insert(row)
	}
}

// File hands all rows of a file to three workers.
func File[T any](rows []T, insert func(T)) {
	queue := make(chan T)
	if rig.Repaired {
		defer close(queue)
	}
	for i := 0; i < 3; i++ {
		go worker[T]{queue, insert}.run()
	}
	for _, row := range rows {
		queue <- row
	}
}
