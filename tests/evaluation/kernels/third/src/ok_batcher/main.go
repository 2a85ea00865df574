// SPDX-License-Identifier: Apache-2.0

// Command ok_batcher lets a hundred writers wait until the log is synced, twice in a second.
//
// expect none
package main

import (
	"time"

	"example.org/depot/port"
)

type entry struct {
	data   []byte
	synced chan struct{}
}

type wal struct {
	in chan entry
}

func (l *wal) loop() {
	var batch []entry
	t := time.NewTicker(500 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case e := <-l.in:
			batch = append(batch, e)
		case <-t.C:
			for _, e := range batch {
				close(e.synced)
			}
			batch = batch[:0]
		}
	}
}

func (l *wal) append(data []byte) {
	e := entry{data, make(chan struct{})}
	l.in <- e
	<-e.synced
}

func (l *wal) writer() {
	for {
		l.append([]byte("put"))
	}
}

func main() {
	l := &wal{in: make(chan entry)}
	go l.loop()
	for i := 0; i < 100; i++ {
		go l.writer()
	}
	port.Run()
}
