// SPDX-License-Identifier: Apache-2.0

// Command doublesend answers an error and goes on to answer again.
package main

import (
	"errors"
	"time"

	"example.com/reduced/rig"
)

type answer struct {
	code int
	err  error
}

type handler struct{ answers chan answer }

func (h *handler) handle(path string) {
	if path == "" {
		h.answers <- answer{400, errors.New("no path")}
		if rig.Repaired {
			return
		}
	}
	h.answers <- answer{200, nil} // <- here
}

func scenario() {
	h := &handler{answers: make(chan answer)}
	go h.handle("")
	<-h.answers
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
