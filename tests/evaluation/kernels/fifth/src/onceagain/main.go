// SPDX-License-Identifier: Apache-2.0

// Command onceagain loads defaults which ask for the settings that are being loaded.
package main

import (
	"sync"

	"example.com/reduced/rig"
)

type settings struct {
	once   sync.Once
	values map[string]string
}

func (s *settings) get(key string) string {
	s.once.Do(s.load) // <- here
	return s.values[key]
}

func (s *settings) load() {
	s.values = map[string]string{"theme": "plain"}
	s.values["language"] = s.language()
}

func (s *settings) language() string {
	if rig.Repaired {
		return "en-" + s.values["theme"]
	}
	return "en-" + s.get("theme")
}

func scenario() {
	s := &settings{}
	s.get("language")
}

func main() {
	rig.Run(scenario)
}
