// SPDX-License-Identifier: Apache-2.0

// Package pods keeps the phase of each pod and tells listeners of changes.
package pods

import "sync"

type Listener interface {
	Changed(id string)
}

type Manager struct {
	mu        sync.Mutex
	phase     map[string]string
	listeners []Listener
}

func New() *Manager {
	return &Manager{phase: map[string]string{}}
}

func (m *Manager) Listen(l Listener) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.listeners = append(m.listeners, l)
}

func (m *Manager) Set(id, phase string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.phase[id] = phase
	for _, l := range m.listeners {
		l.Changed(id)
	}
}

func (m *Manager) Phase(id string) string {
	m.mu.Lock() // <- here
	defer m.mu.Unlock()
	return m.phase[id]
}
