// SPDX-License-Identifier: Apache-2.0

// Command cgoblock waits in C for a device that has nothing to say.
package main

/*
#include <unistd.h>

static void hold(void) { for (;;) pause(); }
*/
import "C"

import (
	"time"

	"example.com/bench/rig"
)

func watch() {
	if rig.Repaired {
		return
	}
	C.hold() // <- here
}

func scenario() {
	for i := 0; i < 5; i++ {
		go watch()
	}
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
