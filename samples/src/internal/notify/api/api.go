// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of notify-hub.
package api

import (
	"encoding/json"
	"expvar"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/fleet/internal/notify/bus"
	"example.com/fleet/internal/notify/push"
	"example.com/fleet/internal/notify/registry"
	"example.com/fleet/internal/notify/sender"
	"example.com/fleet/internal/platform/httpx"
)

const (
	maxRequest  = 16 << 10
	maxAttempts = 3
	maxSegment  = 400
)

// API takes pushes and receipts in.
type API struct {
	devices *registry.Registry
	bus     *bus.Bus
	sender  *sender.Sender
	lastID  uint64
	settled *expvar.Map
}

// New wires the handlers.
func New(devices *registry.Registry, b *bus.Bus, s *sender.Sender) http.Handler {
	a := &API{
		devices: devices, bus: b, sender: s,
		lastID:  uint64(time.Now().Unix()) << 24,
		settled: expvar.NewMap("pushes"),
	}
	mux := http.NewServeMux()
	mux.Handle("/v1/push", httpx.Handler(a.push))
	mux.Handle("/v1/broadcast", httpx.Handler(a.broadcast))
	mux.Handle("/v1/receipts", httpx.Handler(a.receipts))
	return mux
}

type request struct {
	Device   uint64          `json:"device"`
	Priority uint8           `json:"priority"`
	TTL      int             `json:"ttl"` // seconds
	Alert    json.RawMessage `json:"alert"`
}

// push sends one notification and follows it up when its receipt comes in.
func (a *API) push(w http.ResponseWriter, r *http.Request) error {
	var req request
	if err := httpx.ReadJSON(r, maxRequest, &req); err != nil {
		return err
	}
	dev := a.devices.Find(req.Device)

	var p push.Push
	id := atomic.AddUint64(&a.lastID, 1)
	if err := p.Fill(id, dev.ID, dev.Token, time.Duration(req.TTL)*time.Second, req.Alert); err != nil {
		return httpx.Errorf(http.StatusRequestEntityTooLarge, "%v", err)
	}
	p.Priority = req.Priority

	cancel := a.bus.Watch(p.Device, func(rc bus.Receipt) {
		if rc.Push == p.ID {
			a.settle(&p, rc)
		}
	})
	if err := a.sender.Send(&p); err != nil {
		cancel()
		return httpx.Errorf(http.StatusServiceUnavailable, "%v", err)
	}
	return httpx.WriteJSON(w, http.StatusAccepted, map[string]uint64{"push": id})
}

// settle closes the books on a push, or sends it again.
func (a *API) settle(p *push.Push, rc bus.Receipt) {
	a.settled.Add(rc.State, 1)
	if rc.State != "failed" || p.Attempts >= maxAttempts || time.Now().Unix() > p.Expires {
		return
	}
	p.Attempts++
	if err := a.sender.Send(p); err != nil {
		a.settled.Add("dropped", 1)
	}
}

type broadcast struct {
	Devices []uint64        `json:"devices"`
	Alert   json.RawMessage `json:"alert"`
}

// broadcast sends the same notification to many devices. Nobody follows it up.
func (a *API) broadcast(w http.ResponseWriter, r *http.Request) error {
	var req broadcast
	if err := httpx.ReadJSON(r, maxRequest, &req); err != nil {
		return err
	}
	if len(req.Devices) > maxSegment {
		return httpx.Errorf(http.StatusRequestEntityTooLarge, "at most %d devices", maxSegment)
	}
	sent := 0
	var p push.Push
	for _, device := range req.Devices {
		dev := a.devices.Find(device)
		id := atomic.AddUint64(&a.lastID, 1)
		if err := p.Fill(id, dev.ID, dev.Token, time.Hour, req.Alert); err != nil {
			return httpx.Errorf(http.StatusRequestEntityTooLarge, "%v", err)
		}
		if a.sender.Send(&p) == nil {
			sent++
		}
	}
	return httpx.WriteJSON(w, http.StatusAccepted, map[string]int{"sent": sent})
}

func (a *API) receipts(w http.ResponseWriter, r *http.Request) error {
	var batch []bus.Receipt
	if err := httpx.ReadJSON(r, maxRequest, &batch); err != nil {
		return err
	}
	for _, rc := range batch {
		a.bus.Emit(rc)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
