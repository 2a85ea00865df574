// SPDX-License-Identifier: Apache-2.0

// Package mix mixes tracks to one, with new buffers for each frame of sound.
package mix

import (
	"example.net/lantern/internal/press"
)

type track struct {
	name  string
	notes []*note
}

type note struct {
	pitch, length float32
	next          *note
}

type mixer struct {
	desk   *press.Desk
	tracks []*track
	spare  []float32
	last   []float32
	total  float32
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	m := &mixer{desk: desk, spare: make([]float32, 640)}
	for i := 0; i < 40; i++ {
		t := &track{}
		for j := 0; j < 6000; j++ {
			t.notes = append(t.notes, &note{pitch: float32(j)})
		}
		m.tracks = append(m.tracks, t)
	}
	return press.Job{Tick: func(n int) {
		for i := 0; i < n; i++ {
			for k := 0; k < 60; k++ {
				m.frame(k)
			}
		}
	}}
}

func (m *mixer) frame(k int) {
	mixed := m.spare
	if !m.desk.Fixed {
		mixed = make([]float32, 640) // @leak
	}
	for i := 0; i < 4; i++ {
		m.add(mixed, m.tracks[(k+i)%len(m.tracks)])
	}
	m.total += mixed[k]
	m.last = mixed
}

func (m *mixer) add(mixed []float32, t *track) {
	scaled := m.spare
	if !m.desk.Fixed {
		scaled = make([]float32, len(mixed)) // @also
	}
	for i := 0; i < len(scaled); i += 16 {
		scaled[i] = t.notes[i].pitch
		mixed[i] += scaled[i]
	}
}
