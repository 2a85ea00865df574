// SPDX-License-Identifier: Apache-2.0

// Package capture builds the fleet, runs it under load, takes captures of every
// instance at an interval, and lays them out the way a collector would.
package capture

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"time"
)

// Config is the fleet file.
type Config struct {
	Bench    string     `json:"bench"` // toolchain of the load generator and the partners
	Services []*Service `json:"services"`
	Events   []*Event   `json:"events"`
}

// Service is one row of the fleet.
type Service struct {
	Name      string   `json:"name"`
	Go        string   `json:"go"`        // toolchain, such as 1.22
	Build     Build    `json:"build"`     // what runs from the start
	Instances []string `json:"instances"` // names of pods or hosts
	Args      []string `json:"args"`      // may hold ${run*X} and ${work*N}
	Godebug   string   `json:"godebug"`   // besides gctrace=1
	Vars      bool     `json:"vars"`      // MemStats by way of /debug/vars
	ForceGC   bool     `json:"force_gc"`  // heap?gc=1
	Extras    []Extra  `json:"extras"`
}

// Build is a state of the source with the version it is stamped with.
type Build struct {
	Version string `json:"version"`
	Tags    string `json:"tags"`
	Escape  string `json:"escape"` // compiler flag of the escape log, -m or -m=2
}

// Extra is a capture that is taken in some rounds only, of one instance.
type Extra struct {
	Kind     string `json:"kind"` // also the name of the pprof endpoint
	Query    string `json:"query"`
	Instance string `json:"instance"`
	Rounds   []int  `json:"rounds"`
}

// Event is something that happens to a service in mid-run: a restart, or a
// deploy when it names a build.
type Event struct {
	At      float64  `json:"at"` // share of the run
	Service string   `json:"service"`
	Restart []string `json:"restart"` // instances
	Build   *Build   `json:"build"`
	Renamed []string `json:"renamed"` // instances after the deploy; the same when empty
}

// Plan is how long and how hard a run is.
type Plan struct {
	Interval time.Duration
	Rounds   int
	Load     float64
}

// Length is the time from the start to the last round.
func (p Plan) Length() time.Duration { return time.Duration(p.Rounds) * p.Interval }

// fullRun is the work of the run that the fleet file is written for.
const fullRun = 4 * time.Hour

// Work is the amount of traffic relative to the full run.
func (p Plan) Work() float64 { return p.Load * float64(p.Length()) / float64(fullRun) }

// Load reads a fleet file.
func Load(path string) (*Config, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := new(Config)
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(c); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, e := range c.Events {
		if c.service(e.Service) == nil {
			return nil, fmt.Errorf("%s: event for unknown service %q", path, e.Service)
		}
	}
	return c, nil
}

func (c *Config) service(name string) *Service {
	for _, s := range c.Services {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Toolchains lists the Go versions that the fleet is built with.
func (c *Config) Toolchains() []string {
	seen := map[string]bool{c.Bench: true}
	list := []string{c.Bench}
	for _, s := range c.Services {
		if !seen[s.Go] {
			seen[s.Go] = true
			list = append(list, s.Go)
		}
	}
	return list
}

var variable = regexp.MustCompile(`\$\{(run|work)\*([0-9.]+)\}`)

// expand replaces ${run*X} by X times the length of the run, and ${work*N} by N
// times its work, so that caches fill and age alike in short and long runs.
func (p Plan) expand(arg string) string {
	return variable.ReplaceAllStringFunc(arg, func(s string) string {
		m := variable.FindStringSubmatch(s)
		x, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			return s
		}
		if m[1] == "run" {
			return time.Duration(x * float64(p.Length())).Round(time.Millisecond).String()
		}
		return strconv.FormatInt(int64(x*p.Work()), 10)
	})
}
