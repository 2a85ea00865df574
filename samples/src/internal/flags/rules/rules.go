// SPDX-License-Identifier: Apache-2.0

// Package rules holds the flag definitions and evaluates them.
package rules

import (
	"fmt"
	"hash/fnv"
	"math/rand"
	"sync/atomic"
	"time"
)

// Flag is one feature flag.
type Flag struct {
	Name       string
	Variants   []string
	Rollout    uint32 // share of subjects, in 1/1000, that the flag is decided for
	Experiment bool
	Segments   [][]string // attribute values that switch the flag on at once
}

// Set is one published state of all flags of all projects.
type Set struct {
	Version  int64
	projects map[string][]*Flag
}

// Flags returns the flags of a project.
func (s *Set) Flags(project string) []*Flag { return s.projects[project] }

// Source polls the published flags.
type Source struct {
	projects int
	current  atomic.Value // *Set
}

// NewSource loads the first set.
func NewSource(projects int) *Source {
	s := &Source{projects: projects}
	s.Poll(time.Now())
	return s
}

// Current returns the newest set.
func (s *Source) Current() *Set { return s.current.Load().(*Set) }

var rollouts = [...]uint32{1000, 1000, 800, 700, 500, 500, 350, 200}

// Poll fetches the set again. Readers keep the old one until it is complete.
func (s *Source) Poll(now time.Time) {
	rng := rand.New(rand.NewSource(7)) // the published set seldom changes
	set := &Set{Version: now.Unix(), projects: make(map[string][]*Flag, s.projects)}
	for p := 0; p < s.projects; p++ {
		flags := make([]*Flag, 0, 16)
		for i := 0; i < 16; i++ {
			f := &Flag{
				Name:       fmt.Sprintf("p%03d-flag-%02d", p, i),
				Variants:   []string{"control", "a", "b"},
				Rollout:    rollouts[i%len(rollouts)],
				Experiment: i < len(rollouts),
			}
			for n := 2 + rng.Intn(5); n > 0; n-- {
				f.Segments = append(f.Segments, segment(rng))
			}
			flags = append(flags, f)
		}
		set.projects[fmt.Sprintf("p%03d", p)] = flags
	}
	s.current.Store(set)
}

func segment(rng *rand.Rand) []string {
	values := make([]string, 24)
	for i := range values {
		values[i] = fmt.Sprintf("seg-%04x", rng.Intn(1<<16))
	}
	return values
}

// Decide returns the variant of f for a subject, and whether the subject takes
// part at all.
func (f *Flag) Decide(subject string, attrs map[string]string) (string, bool) {
	for _, segment := range f.Segments {
		for _, value := range segment {
			if attrs["segment"] == value {
				return f.Variants[len(f.Variants)-1], true
			}
		}
	}
	h := fnv.New32a()
	h.Write([]byte(f.Name))
	h.Write([]byte(subject))
	point := h.Sum32()
	if point%1000 >= f.Rollout {
		return "", false
	}
	return f.Variants[(point/1000)%uint32(len(f.Variants))], true
}
