// SPDX-License-Identifier: Apache-2.0

// Command manifest counts the parts of a print job; a part that panics is recovered and never counted.
//
// expect class=goroutine wait=(?i)(waitgroup|semacquire) says=(?i)(Done|WaitGroup)
package main

import (
	"fmt"
	"log"
	"sync"

	"example.org/ferry/watch"
)

type job struct {
	parts   []int
	pending sync.WaitGroup
}

func (j *job) part(i int) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("part:", r)
		}
	}()
	_ = fmt.Sprint(100 / j.parts[i])
	j.pending.Done()
}

func (j *job) finish(done chan<- *job) {
	for i := range j.parts {
		j.pending.Add(1)
		go j.part(i)
	}
	j.pending.Wait() // <- here
	done <- j
}

func main() {
	done := make(chan *job, 1)
	go (&job{parts: []int{3, 0, 8}}).finish(done)
	watch.Forever()
}
