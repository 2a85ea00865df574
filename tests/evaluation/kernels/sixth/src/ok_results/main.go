// SPDX-License-Identifier: Apache-2.0

// Command ok_results has workers that hand in results, one collector, and somebody who closes when all are done.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

func work(jobs <-chan int, results chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for job := range jobs {
		time.Sleep(time.Millisecond)
		results <- job
	}
}

func batch() (sum int) {
	jobs, results := make(chan int), make(chan int)
	var wg sync.WaitGroup
	wg.Add(4)
	for i := 0; i < 4; i++ {
		go work(jobs, results, &wg)
	}
	go func() {
		for i := 0; i < 50; i++ {
			jobs <- i
		}
		close(jobs)
	}()
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		sum += r
		time.Sleep(2 * time.Millisecond)
	}
	return sum
}

func scenario() {
	go func() {
		for {
			batch()
		}
	}()
}

func main() {
	rig.Run(scenario)
}
