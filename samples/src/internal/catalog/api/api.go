// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of catalog-cache.
package api

import (
	"expvar"
	"net/http"
	"strconv"
	"strings"

	"example.com/fleet/internal/catalog/cache"
	"example.com/fleet/internal/catalog/source"
	"example.com/fleet/internal/platform/httpx"
)

const maxList = 40

// API serves products.
type API struct {
	cache *cache.Cache
}

// New wires the handlers.
func New(c *cache.Cache) http.Handler {
	a := &API{cache: c}
	expvar.Publish("products", expvar.Func(func() any { return c.Stats() }))
	mux := http.NewServeMux()
	mux.Handle("/v1/products/", httpx.Handler(a.product))
	mux.Handle("/v1/lists", httpx.Handler(a.list))
	mux.Handle("/v1/bulk", httpx.Handler(a.bulk))
	return mux
}

func number(s string) (uint32, error) {
	id, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0, httpx.Errorf(http.StatusBadRequest, "product: %v", err)
	}
	return uint32(id), nil
}

// product serves GET and DELETE /v1/products/{id}; DELETE tells of a change.
func (a *API) product(w http.ResponseWriter, r *http.Request) error {
	id, err := number(httpx.Tail(r, "/v1/products/")[0])
	if err != nil {
		return err
	}
	if r.Method == http.MethodDelete {
		a.cache.Drop(id)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	e, err := a.cache.Get(id)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(e.Body)
	return nil
}

type row struct {
	ID    uint32       `json:"id"`
	Title string       `json:"title"`
	Best  source.Offer `json:"best"`
}

// list serves GET /v1/lists?ids=1,2,3 with the best offer of each product.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	entries, err := a.entries(r)
	if err != nil {
		return err
	}
	rows := make([]row, 0, len(entries))
	for _, e := range entries {
		best := e.Product.Offers[0]
		for _, o := range e.Product.Offers[1:] {
			if o.Stock > 0 && o.Price < best.Price {
				best = o
			}
		}
		rows = append(rows, row{ID: e.Product.ID, Title: e.Product.Title, Best: best})
	}
	return httpx.WriteJSON(w, http.StatusOK, rows)
}

// bulk serves GET /v1/bulk?ids=1,2,3 with whole products, one a line.
func (a *API) bulk(w http.ResponseWriter, r *http.Request) error {
	entries, err := a.entries(r)
	if err != nil {
		return err
	}
	size := 0
	for _, e := range entries {
		size += len(e.Body) + 1
	}
	body := make([]byte, 0, size)
	for _, e := range entries {
		body = append(append(body, e.Body...), '\n')
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Write(body)
	return nil
}

// entries returns the products that a request asks for by ids.
func (a *API) entries(r *http.Request) ([]*cache.Entry, error) {
	ids := strings.Split(r.URL.Query().Get("ids"), ",")
	if len(ids) > maxList {
		return nil, httpx.Errorf(http.StatusBadRequest, "at most %d products", maxList)
	}
	entries := make([]*cache.Entry, 0, len(ids))
	for _, s := range ids {
		id, err := number(s)
		if err != nil {
			return nil, err
		}
		e, err := a.cache.Get(id)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}
