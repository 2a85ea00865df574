// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.net/orchard/loghooks/slim"
	"example.net/orchard/yard"
)

type visitor struct {
	trace  [16]byte
	agent  [96]byte
	routes [12]uint64
}

var root = slim.New()

// serve counts crates. Its log lines shall say who asked, so the logger gets a hook.
func serve(strict bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		log := root
		if strict {
			log = root.Fork()
		}
		var v visitor
		copy(v.agent[:], r.UserAgent())
		copy(v.trace[:], r.URL.RawQuery)
		annotate(log, v, r.URL.Path, time.Now())
		if v.trace[0]%16 == 0 {
			log.Print("crate", "odd trace")
		}
		fmt.Fprintln(w, "12 crates")
	}
}

func annotate(log *slim.Logger, v visitor, path string, at time.Time) {
	agent, trace, routes := v.agent, v.trace, v.routes // @also
	log.Hook(func(e *slim.Entry) {                     // @leak
		e.With("path", path)
		e.With("agent", string(agent[:8]))
		e.With("trace", fmt.Sprintf("%x", trace))
		e.With("routes", fmt.Sprint(routes[0]))
		e.With("age", time.Since(at).String())
	})
}

func main() {
	y := yard.Open()
	h := serve(y.Strict)
	http.HandleFunc("/crates", h)
	y.Ask(2, func(i int) (string, []byte) { return fmt.Sprintf("/crates?%d", i), nil })
	// scales ask within the process
	req, _ := http.NewRequest(http.MethodGet, "/crates?scale", nil)
	req.Header.Set("User-Agent", "scale/2.1")
	y.Pace(130, func(i int) { h(nowhere{}, req) })
	y.Wait()
}

type nowhere struct{}

func (nowhere) Header() http.Header         { return nil }
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) WriteHeader(int)             {}
