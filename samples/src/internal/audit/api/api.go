// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of audit-log.
package api

import (
	"context"
	"hash/fnv"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"example.com/fleet/internal/audit/actors"
	"example.com/fleet/internal/audit/journal"
	"example.com/fleet/internal/audit/segment"
	"example.com/fleet/internal/platform/httpx"
)

const (
	maxBatch      = 512 << 10
	segmentBytes  = 4 << 20
	segmentsKept  = 2
	verifiedLinks = 2000
	exported      = 1500
)

// API takes audit events in.
type API struct {
	dir    string
	actors *actors.Directory

	mu       sync.Mutex
	journals map[string]*journal.Journal
}

// New returns the API. Segment files are written below dir.
func New(dir string, people *actors.Directory) *API {
	return &API{dir: dir, actors: people, journals: make(map[string]*journal.Journal)}
}

// Handler wires the handlers.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/v1/tenants/", httpx.Handler(a.tenant))
	return mux
}

func (a *API) journal(tenant string) (*journal.Journal, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if j, ok := a.journals[tenant]; ok {
		return j, nil
	}
	w, err := segment.NewWriter(a.dir, tenant, segmentBytes, segmentsKept)
	if err != nil {
		return nil, err
	}
	j := journal.New(tenant, w)
	a.journals[tenant] = j
	return j, nil
}

// tenant serves POST /v1/tenants/{tenant}/events, and GET .../export and
// .../verify.
func (a *API) tenant(w http.ResponseWriter, r *http.Request) error {
	tail := httpx.Tail(r, "/v1/tenants/")
	if len(tail) != 2 {
		return httpx.Errorf(http.StatusNotFound, "nothing at %s", r.URL.Path)
	}
	j, err := a.journal(tail[0])
	if err != nil {
		return err
	}
	switch tail[1] {
	case "events":
		return a.events(w, r, j)
	case "export":
		w.Header().Set("Content-Type", "text/plain")
		w.Write(j.Export(exported))
		return nil
	case "verify":
		if err := j.Verify(verifiedLinks); err != nil {
			return err
		}
		return httpx.WriteJSON(w, http.StatusOK, map[string]string{"chain": "intact"})
	}
	return httpx.Errorf(http.StatusNotFound, "nothing at %s", r.URL.Path)
}

type event struct {
	Actor  string `json:"actor"`
	Action uint16 `json:"action"`
	Result uint16 `json:"result"`
	Object string `json:"object"`
	Detail string `json:"detail"`
}

func (a *API) events(w http.ResponseWriter, r *http.Request, j *journal.Journal) error {
	var batch []event
	if err := httpx.ReadJSON(r, maxBatch, &batch); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return httpx.Errorf(http.StatusBadRequest, "%v", err)
	}
	var last uint64
	for _, ev := range batch {
		e := journal.Entry{Actor: a.actors.Number(ev.Actor), Action: ev.Action, Result: ev.Result}
		h := fnv.New128a()
		h.Write([]byte(ev.Object))
		h.Sum(e.Object[:0])
		copy(e.Address[:], host)
		copy(e.Detail[:], ev.Detail)
		last = j.Append(e)
	}
	return httpx.WriteJSON(w, http.StatusAccepted, map[string]uint64{"last": last})
}

// FlushLoop flushes all journals at a fixed interval, and once more at the end.
func (a *API) FlushLoop(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			a.flush()
		case <-ctx.Done():
			a.flush()
			return
		}
	}
}

func (a *API) flush() {
	a.mu.Lock()
	journals := make([]*journal.Journal, 0, len(a.journals))
	for _, j := range a.journals {
		journals = append(journals, j)
	}
	a.mu.Unlock()
	total := 0
	for _, j := range journals {
		n, err := j.Flush()
		if err != nil {
			log.Print(err)
		}
		total += n
	}
	log.Printf("flushed %d entries of %d journals", total, len(journals))
}
