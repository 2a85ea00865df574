// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of search-index.
package api

import (
	"net/http"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/search/index"
	"example.com/fleet/internal/search/query"
)

const maxBulk = 2 << 20

// API takes documents in and answers searches.
type API struct {
	index  *index.Index
	engine *query.Engine
}

// New wires the handlers.
func New(x *index.Index, e *query.Engine) http.Handler {
	a := &API{index: x, engine: e}
	mux := http.NewServeMux()
	mux.Handle("/v1/documents", httpx.Handler(a.bulk))
	mux.Handle("/v1/search", httpx.Handler(a.search))
	return mux
}

func (a *API) bulk(w http.ResponseWriter, r *http.Request) error {
	var docs []index.Document
	if err := httpx.ReadJSON(r, maxBulk, &docs); err != nil {
		return err
	}
	a.index.Add(docs)
	return httpx.WriteJSON(w, http.StatusCreated, map[string]int{"indexed": len(docs)})
}

func (a *API) search(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query().Get("q")
	if q == "" {
		return httpx.Errorf(http.StatusBadRequest, "a search needs words")
	}
	return httpx.WriteJSON(w, http.StatusOK, a.engine.Search(q))
}
