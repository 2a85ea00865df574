// SPDX-License-Identifier: Apache-2.0

// Command goexitdone waits for workers, one of which ends itself where a check fails, before it says that it is done.
package main

import (
	"runtime"
	"sync"

	"example.com/bench/rig"
)

func require(ok bool) {
	if !ok {
		runtime.Goexit()
	}
}

func check(n int, wg *sync.WaitGroup) {
	if rig.Repaired {
		defer wg.Done()
	}
	require(n%3 != 2)
	if !rig.Repaired {
		wg.Done()
	}
}

func checkAll() {
	var wg sync.WaitGroup
	for n := 0; n < 4; n++ {
		wg.Add(1)
		go check(n, &wg)
	}
	wg.Wait() // <- here
}

func scenario() {
	checkAll()
}

func main() {
	rig.Run(scenario)
}
