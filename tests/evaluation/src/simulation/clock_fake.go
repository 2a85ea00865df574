// SPDX-License-Identifier: Apache-2.0

//go:build faketime

package simulation

import _ "unsafe" // for go:linkname

// Stretched says whether the clock is the machine's, only scaled.
const stretched = false

// With the build tag faketime the runtime's clock stands still while anything runs and jumps to the
// next timer when everything sleeps. It starts in 2009; setClock moves it, and the birth of the
// process with it, before there are timers.

//go:linkname faketime runtime.faketime
var faketime int64

//go:linkname runtimeInitTime runtime.runtimeInitTime
var runtimeInitTime int64

func setClock(ns int64) {
	step := ns - faketime
	faketime += step
	runtimeInitTime += step
}
