// SPDX-License-Identifier: Apache-2.0

// Command settings loads its settings once, and loading asks for the settings.
//
// expect class=goroutine wait=Mutex says=(?i)(itself|twice|Once|already|recurs|double)
package main

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/wharf/dock"
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
	s.values = map[string]string{"home": "/srv"}
	if dock.Repaired {
		s.values["tmp"] = s.values["home"] + "/tmp"
		return
	}
	s.values["tmp"] = s.get("home") + "/tmp" // <- here
}

func main() {
	s := &settings{}
	http.HandleFunc("/tmp", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, s.get("tmp")) })
	dock.Serve("/tmp")
}
