// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of feature-flags.
package api

import (
	"net/http"

	"example.com/fleet/internal/flags/exposure"
	"example.com/fleet/internal/flags/rules"
	"example.com/fleet/internal/platform/httpx"
)

// API evaluates flags.
type API struct {
	source  *rules.Source
	tracker *exposure.Tracker
}

// New wires the handlers.
func New(source *rules.Source, tracker *exposure.Tracker) http.Handler {
	a := &API{source: source, tracker: tracker}
	mux := http.NewServeMux()
	mux.Handle("/v1/evaluate", httpx.Handler(a.evaluate))
	mux.Handle("/v1/projects/", httpx.Handler(a.project))
	return mux
}

type question struct {
	Project string            `json:"project"`
	Subject string            `json:"subject"`
	Attrs   map[string]string `json:"attrs"`
}

type answer struct {
	Version  int64             `json:"version"`
	Variants map[string]string `json:"variants"`
}

func (a *API) evaluate(w http.ResponseWriter, r *http.Request) error {
	var q question
	if err := httpx.ReadJSON(r, 32<<10, &q); err != nil {
		return err
	}
	set := a.source.Current()
	flags := set.Flags(q.Project)
	if flags == nil {
		return httpx.Errorf(http.StatusNotFound, "no project %q", q.Project)
	}
	ans := answer{Version: set.Version, Variants: make(map[string]string, len(flags))}
	for _, f := range flags {
		variant, ok := f.Decide(q.Subject, q.Attrs)
		if !ok {
			continue
		}
		ans.Variants[f.Name] = variant
		if f.Experiment {
			a.tracker.Observe(f.Name, q.Subject, variant)
		}
	}
	return httpx.WriteJSON(w, http.StatusOK, ans)
}

func (a *API) project(w http.ResponseWriter, r *http.Request) error {
	flags := a.source.Current().Flags(httpx.Tail(r, "/v1/projects/")[0])
	if flags == nil {
		return httpx.Errorf(http.StatusNotFound, "no such project")
	}
	return httpx.WriteJSON(w, http.StatusOK, flags)
}
