// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of rates-feed.
package api

import (
	"expvar"
	"net/http"
	"time"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/rates/feed"
	"example.com/fleet/internal/rates/pool"
)

const (
	maxAmounts = 500
	keepAlive  = 20 * time.Second
)

// API streams rates and converts amounts.
type API struct {
	feed *feed.Feed
	pool *pool.Pool
	desk time.Duration
}

// New wires the handlers. A conversion is confirmed by the dealing desk, which
// takes as long as desk.
func New(f *feed.Feed, p *pool.Pool, desk time.Duration) http.Handler {
	a := &API{feed: f, pool: p, desk: desk}
	expvar.Publish("subscribers", expvar.Func(func() any { return f.Subscribers() }))
	expvar.Publish("workers", expvar.Func(func() any { return p.Workers() }))
	mux := http.NewServeMux()
	mux.Handle("/v1/stream", httpx.Handler(a.stream))
	mux.Handle("/v1/history/", httpx.Handler(a.history))
	mux.Handle("/v1/convert", httpx.Handler(a.convert))
	return mux
}

// stream sends batches of ticks, one a line, until the client goes away.
func (a *API) stream(w http.ResponseWriter, r *http.Request) error {
	flusher, ok := w.(http.Flusher)
	if !ok {
		return httpx.Errorf(http.StatusNotImplemented, "streaming is not supported here")
	}
	sub := a.feed.Subscribe()
	defer a.feed.Unsubscribe(sub)

	w.Header().Set("Content-Type", "application/x-ndjson")
	w.WriteHeader(http.StatusOK)
	flusher.Flush()
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	for {
		var line []byte
		select {
		case line = <-sub.C:
		case <-alive.C:
			line = []byte("[]")
		case <-r.Context().Done():
			return nil
		}
		if _, err := w.Write(line); err != nil {
			return nil
		}
		if _, err := w.Write([]byte{'\n'}); err != nil {
			return nil
		}
		flusher.Flush()
	}
}

func (a *API) history(w http.ResponseWriter, r *http.Request) error {
	ticks := a.feed.History(httpx.Tail(r, "/v1/history/")[0])
	if ticks == nil {
		return httpx.Errorf(http.StatusNotFound, "no such pair")
	}
	return httpx.WriteJSON(w, http.StatusOK, ticks)
}

type conversion struct {
	Pair    string    `json:"pair"`
	Amounts []float64 `json:"amounts"`
}

func (a *API) convert(w http.ResponseWriter, r *http.Request) error {
	var c conversion
	if err := httpx.ReadJSON(r, 64<<10, &c); err != nil {
		return err
	}
	if len(c.Amounts) > maxAmounts {
		return httpx.Errorf(http.StatusBadRequest, "at most %d amounts", maxAmounts)
	}
	confirmed := make(chan []float64, 1)
	err := a.pool.Do(func() { confirmed <- a.confirm(c) })
	if err != nil {
		return httpx.Errorf(http.StatusServiceUnavailable, "%v", err)
	}
	select {
	case amounts := <-confirmed:
		if amounts == nil {
			return httpx.Errorf(http.StatusNotFound, "no pair %q", c.Pair)
		}
		return httpx.WriteJSON(w, http.StatusOK, amounts)
	case <-r.Context().Done():
		return nil
	}
}

// confirm converts at the rate that holds when the desk has agreed.
func (a *API) confirm(c conversion) []float64 {
	time.Sleep(a.desk)
	rate, ok := a.feed.Rate(c.Pair)
	if !ok {
		return nil
	}
	out := make([]float64, len(c.Amounts))
	for i, amount := range c.Amounts {
		out[i] = amount * rate
	}
	return out
}
