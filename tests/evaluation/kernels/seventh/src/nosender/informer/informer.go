// SPDX-License-Identifier: Apache-2.0

// Package informer lists once and tells when it has.
package informer

import "example.com/flock/rig"

// Informer has what was listed.
type Informer struct {
	synced chan struct{}
	items  []string
}

// Start lists in the background.
func Start(list func() ([]string, error)) *Informer {
	i := &Informer{synced: make(chan struct{})}
	go i.run(list)
	return i
}

func (i *Informer) run(list func() ([]string, error)) {
	if rig.Repaired {
		defer close(i.synced)
	}
	items, err := list()
	if err != nil {
		return
	}
	i.items = items
	if !rig.Repaired {
		close(i.synced)
	}
}

// WaitForSync waits for the first list.
func (i *Informer) WaitForSync() []string {
	<-i.synced // <- here
	return i.items
}
