// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of mail-relay.
package api

import (
	"net/http"
	"sync/atomic"
	"time"

	"example.com/fleet/internal/mail/outbox"
	"example.com/fleet/internal/platform/httpx"
)

const maxMailing = 1 << 20

// API takes mailings in.
type API struct {
	outbox *outbox.Outbox
	lastID uint64
}

// New wires the handlers.
func New(o *outbox.Outbox) http.Handler {
	a := &API{outbox: o, lastID: uint64(time.Now().Unix()) << 24}
	mux := http.NewServeMux()
	mux.Handle("/v1/tenants/", httpx.Handler(a.mailing))
	return mux
}

// mailing serves POST /v1/tenants/{tenant}/mailings.
func (a *API) mailing(w http.ResponseWriter, r *http.Request) error {
	tail := httpx.Tail(r, "/v1/tenants/")
	if len(tail) != 2 || tail[1] != "mailings" {
		return httpx.Errorf(http.StatusNotFound, "nothing at %s", r.URL.Path)
	}
	m := &outbox.Mailing{ID: atomic.AddUint64(&a.lastID, 1), Tenant: tail[0]}
	if err := httpx.ReadJSON(r, maxMailing, m); err != nil {
		return err
	}
	if len(m.Recipients) == 0 {
		return httpx.Errorf(http.StatusBadRequest, "a mailing needs recipients")
	}
	if err := a.outbox.Add(m); err != nil {
		return httpx.Errorf(http.StatusTooManyRequests, "%v", err)
	}
	return httpx.WriteJSON(w, http.StatusAccepted, map[string]uint64{"mailing": m.ID})
}
