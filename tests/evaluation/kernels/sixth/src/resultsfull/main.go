// SPDX-License-Identifier: Apache-2.0

// Command resultsfull hands out all its jobs before it reads a result.
package main

import (
	"example.com/bench/rig"
)

func worker(jobs <-chan int, results chan<- int) {
	for job := range jobs {
		results <- job * job // <- here
	}
}

func resize(n int) (sum int) {
	jobs, results := make(chan int), make(chan int, 2)
	if rig.Repaired {
		results = make(chan int, n)
	}
	for i := 0; i < 2; i++ {
		go worker(jobs, results)
	}
	for i := 0; i < n; i++ {
		jobs <- i // <- here
	}
	close(jobs)
	for i := 0; i < n; i++ {
		sum += <-results
	}
	return sum
}

func scenario() {
	resize(10)
}

func main() {
	rig.Run(scenario)
}
