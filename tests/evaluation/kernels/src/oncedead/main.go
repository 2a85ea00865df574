// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=Mutex says=(?i)(once|itself|twice|recurs)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type lazy struct {
	once sync.Once
	v    map[string]int
}

func (l *lazy) get() map[string]int {
	l.once.Do(l.load) // <- here
	return l.v
}

func (l *lazy) load() {
	l.v = map[string]int{}
	l.v["n"] = len(l.get()) // <- here
}

func main() {
	l := &lazy{}
	go l.get()
	time.Sleep(time.Hour)
}
