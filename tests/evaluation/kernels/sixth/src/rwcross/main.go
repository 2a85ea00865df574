// SPDX-License-Identifier: Apache-2.0

// Command rwcross attaches with the volumes read-locked, and reports with the plugins read-locked, and each wants the other's.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type manager struct {
	volumes, plugins sync.RWMutex
	attached         int
}

func (m *manager) attach() {
	m.volumes.RLock()
	defer m.volumes.RUnlock()
	time.Sleep(10 * time.Millisecond)
	m.plugins.Lock() // <- here
	m.attached++
	m.plugins.Unlock()
}

func (m *manager) report() {
	if rig.Repaired {
		m.volumes.Lock()
		defer m.volumes.Unlock()
	}
	m.plugins.RLock()
	defer m.plugins.RUnlock()
	time.Sleep(10 * time.Millisecond)
	if !rig.Repaired {
		m.volumes.Lock() // <- here
		m.volumes.Unlock()
	}
}

func scenario() {
	m := &manager{}
	var wg sync.WaitGroup
	for _, f := range []func(){m.attach, m.report} {
		f := f
		wg.Add(1)
		go func() {
			defer wg.Done()
			f()
		}()
	}
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
