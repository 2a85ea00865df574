// SPDX-License-Identifier: Apache-2.0

// Command encpipe encodes into a pipe for an upload that is refused before it is read.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"time"

	"example.com/bench/rig"
)

func export(w *io.PipeWriter) {
	for i := 0; i < 3; i++ {
		if err := json.NewEncoder(w).Encode(map[string]int{"row": i}); err != nil { // <- here
			return
		}
	}
	w.Close()
}

func upload(body io.Reader, token string) error {
	if token == "" {
		return errors.New("no token")
	}
	_, err := io.Copy(io.Discard, body)
	return err
}

func scenario() {
	r, w := io.Pipe()
	go export(w)
	upload(r, "")
	if rig.Repaired {
		r.Close()
	}
	time.Sleep(20 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
