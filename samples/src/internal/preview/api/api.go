// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of doc-preview.
package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/preview/excerpt"
	"example.com/fleet/internal/preview/intake"
	"example.com/fleet/internal/preview/render"
)

// API takes documents and serves their previews.
type API struct {
	excerpts *excerpt.Index
	renderer *render.Renderer
}

// New wires the handlers.
func New(x *excerpt.Index, r *render.Renderer) http.Handler {
	a := &API{excerpts: x, renderer: r}
	mux := http.NewServeMux()
	mux.Handle("/v1/documents/", httpx.Handler(a.document))
	return mux
}

// document serves PUT /v1/documents/{id} and GET /v1/documents/{id}/preview.
func (a *API) document(w http.ResponseWriter, r *http.Request) error {
	tail := httpx.Tail(r, "/v1/documents/")
	switch {
	case r.Method == http.MethodPut && len(tail) == 1:
		return a.put(w, r, tail[0])
	case r.Method == http.MethodGet && len(tail) == 2 && tail[1] == "preview":
		return a.preview(w, tail[0])
	}
	return httpx.Errorf(http.StatusNotFound, "nothing at %s", r.URL.Path)
}

type stored struct {
	Document string `json:"document"`
	Digest   string `json:"digest"`
	Words    int    `json:"words"`
	Excerpt  string `json:"excerpt,omitempty"`
}

func (a *API) put(w http.ResponseWriter, r *http.Request, id string) error {
	doc, err := intake.Read(id, r)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(doc.Body)
	answer := stored{Document: id, Digest: hex.EncodeToString(sum[:]), Words: words(doc.Body)}
	if strings.HasPrefix(doc.Type, "text/") {
		answer.Excerpt = string(a.excerpts.Add(id, doc.Body).Text)
	}
	return httpx.WriteJSON(w, http.StatusCreated, answer)
}

func (a *API) preview(w http.ResponseWriter, id string) error {
	e, ok := a.excerpts.Find(id)
	if !ok {
		return httpx.Errorf(http.StatusNotFound, "no preview of %q", id)
	}
	page, err := a.renderer.Page(id, e.Text)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(page)
	return nil
}

func words(body []byte) int {
	n, in := 0, false
	for _, c := range body {
		space := c == ' ' || c == '\n' || c == '\t'
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}
