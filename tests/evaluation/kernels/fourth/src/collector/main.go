// SPDX-License-Identifier: Apache-2.0

// Command collector merges the output of several probes and leaves after the first alarm.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|consumer|left|return|first|buffer)
package main

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/wharf/dock"
)

type probe struct{ id int }

func (p probe) run(into chan<- int, quit <-chan struct{}, wg *sync.WaitGroup) {
	defer wg.Done()
	for n := 0; n < 5; n++ {
		if dock.Repaired {
			select {
			case into <- p.id*10 + n:
			case <-quit:
				return
			}
			continue
		}
		into <- p.id*10 + n // <- here
	}
}

func firstAlarm(probes []probe) int {
	into, quit := make(chan int), make(chan struct{})
	defer close(quit)
	var wg sync.WaitGroup
	for _, p := range probes {
		wg.Add(1)
		go p.run(into, quit, &wg)
	}
	go func() {
		wg.Wait()
		close(into)
	}()
	for n := range into {
		if n%10 == 3 {
			return n
		}
	}
	return -1
}

func main() {
	http.HandleFunc("/alarm", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, firstAlarm([]probe{{1}, {2}, {3}}))
	})
	dock.Serve("/alarm")
}
