// SPDX-License-Identifier: Apache-2.0

// Package proof keeps proofs of posting until the courier's manifest confirms them.
package proof

import "sync"

// Archive holds the proofs that wait.
type Archive struct {
	mu      sync.Mutex
	waiting map[string]*Proof
}

// Proof shows that a parcel was handed over with that label.
type Proof struct {
	Parcel string
	Depot  string
	Copy   []byte
}

// New makes an archive without proofs.
func New() *Archive { return &Archive{waiting: map[string]*Proof{}} }

// Len tells how many proofs wait.
func (a *Archive) Len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.waiting)
}
