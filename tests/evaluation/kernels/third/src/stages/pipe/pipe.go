// SPDX-License-Identifier: Apache-2.0

// Package pipe has the stages of a pipeline; each closes its output when its input ends.
package pipe

func Lines(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			out <- i // <- here
		}
	}()
	return out
}

func Parse(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			out <- v * v // <- here
		}
	}()
	return out
}
