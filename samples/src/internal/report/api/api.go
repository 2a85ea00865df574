// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of report-worker.
package api

import (
	"net/http"
	"strconv"
	"sync/atomic"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/report/jobs"
)

const (
	maxShards = 400
	maxPages  = 60
	maxRows   = 1000
)

// API takes orders and serves finished reports.
type API struct {
	runner *jobs.Runner
	lastID uint64
}

// New wires the handlers.
func New(r *jobs.Runner) http.Handler {
	a := &API{runner: r}
	mux := http.NewServeMux()
	mux.Handle("/v1/reports", httpx.Handler(a.order))
	mux.Handle("/v1/reports/", httpx.Handler(a.report))
	return mux
}

func (a *API) order(w http.ResponseWriter, r *http.Request) error {
	var o jobs.Order
	if err := httpx.ReadJSON(r, 16<<10, &o); err != nil {
		return err
	}
	if o.Shards < 1 || o.Shards > maxShards || o.Pages < 1 || o.Pages > maxPages || o.Rows < 1 || o.Rows > maxRows {
		return httpx.Errorf(http.StatusBadRequest, "report is out of bounds")
	}
	o.ID = atomic.AddUint64(&a.lastID, 1)
	if err := a.runner.Submit(o); err != nil {
		return httpx.Errorf(http.StatusServiceUnavailable, "%v", err)
	}
	return httpx.WriteJSON(w, http.StatusAccepted, map[string]uint64{"report": o.ID})
}

// report serves GET /v1/reports/{id}.
func (a *API) report(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseUint(httpx.Tail(r, "/v1/reports/")[0], 10, 64)
	if err != nil {
		return httpx.Errorf(http.StatusBadRequest, "report: %v", err)
	}
	t, ok := a.runner.Result(id)
	if !ok {
		return httpx.Errorf(http.StatusNotFound, "no report %d", id)
	}
	w.Header().Set("Content-Type", "text/csv")
	w.Write(t.Bytes)
	return nil
}
