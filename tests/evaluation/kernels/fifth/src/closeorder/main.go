// SPDX-License-Identifier: Apache-2.0

// Command closeorder waits for its loop's end before it closes what the loop reads.
package main

import "example.com/reduced/rig"

type reader struct {
	frames chan []byte
	ended  chan struct{}
}

func (r *reader) loop() {
	defer close(r.ended)
	for range r.frames { // <- here
	}
}

func (r *reader) Close() {
	if rig.Repaired {
		close(r.frames)
		<-r.ended
		return
	}
	<-r.ended // <- here
	close(r.frames)
}

func scenario() {
	r := &reader{frames: make(chan []byte), ended: make(chan struct{})}
	go r.loop()
	r.frames <- []byte("hello")
	r.Close()
}

func main() {
	rig.Run(scenario)
}
