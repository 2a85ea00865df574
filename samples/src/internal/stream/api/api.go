// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of stream-gateway.
package api

import (
	"expvar"
	"io"
	"net/http"
	"strconv"
	"time"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/stream/hub"
)

const (
	maxEvent  = 64 << 10
	keepAlive = 15 * time.Second
)

// API serves subscribers and publishers.
type API struct {
	hub *hub.Hub
}

// New wires the handlers.
func New(h *hub.Hub) http.Handler {
	a := &API{hub: h}
	expvar.Publish("sessions", expvar.Func(func() any {
		_, n := h.Counts()
		return n
	}))
	mux := http.NewServeMux()
	mux.Handle("/v1/streams/", httpx.Handler(a.stream))
	mux.Handle("/v1/topics/", httpx.Handler(a.topic))
	return mux
}

// stream sends the events of a topic until the client goes away.
func (a *API) stream(w http.ResponseWriter, r *http.Request) error {
	flusher, ok := w.(http.Flusher)
	if !ok {
		return httpx.Errorf(http.StatusNotImplemented, "streaming is not supported here")
	}
	tier := r.URL.Query().Get("tier")
	if tier == "" {
		tier = "free"
	}
	replay, err := strconv.Atoi(r.URL.Query().Get("replay"))
	if err != nil {
		replay = 0
	}

	s := a.hub.Join(httpx.Tail(r, "/v1/streams/")[0], tier, replay)
	defer a.hub.Leave(s)

	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	flusher.Flush()

	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	for {
		select {
		case frame := <-s.Frames():
			if _, err := w.Write(frame); err != nil {
				return nil
			}
		case <-alive.C:
			if _, err := io.WriteString(w, ": alive\n\n"); err != nil {
				return nil
			}
		case <-r.Context().Done():
			return nil
		}
		flusher.Flush()
	}
}

// topic serves POST /v1/topics/{topic} and GET /v1/topics/{topic}.
func (a *API) topic(w http.ResponseWriter, r *http.Request) error {
	switch r.Method {
	case http.MethodPost:
		return a.publish(w, r)
	case http.MethodGet:
		return a.replay(w, r)
	}
	return httpx.Errorf(http.StatusMethodNotAllowed, "%s is not supported here", r.Method)
}

// replay sends the events kept of a topic at once.
func (a *API) replay(w http.ResponseWriter, r *http.Request) error {
	events := a.hub.Replay(httpx.Tail(r, "/v1/topics/")[0])
	size := 0
	for _, ev := range events {
		size += len(ev.Data) + 32
	}
	body := make([]byte, 0, size)
	for _, ev := range events {
		body = strconv.AppendUint(append(body, "id: "...), ev.Seq, 10)
		body = append(append(body, '\n'), ev.Data...)
		body = append(body, '\n')
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Write(body)
	return nil
}

func (a *API) publish(w http.ResponseWriter, r *http.Request) error {
	data, err := io.ReadAll(io.LimitReader(r.Body, maxEvent))
	if err != nil {
		return httpx.Errorf(http.StatusBadRequest, "event: %v", err)
	}
	n := a.hub.Publish(httpx.Tail(r, "/v1/topics/")[0], data)
	return httpx.WriteJSON(w, http.StatusAccepted, map[string]int{"sessions": n})
}
