// SPDX-License-Identifier: Apache-2.0

// Package export sends spans to a collector, page by page.
package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

const page = 1000

type Span struct {
	Trace [2]uint64
	ID    uint64
	Begin int64
	End   int64
	Name  [24]byte
	Attrs [20]uint32
}

type Exporter struct {
	url     string
	strict  bool
	mu      sync.Mutex
	pending []Span
	Refused int
}

func New(url string, strict bool) *Exporter { return &Exporter{url: url, strict: strict} }

func (e *Exporter) Add(s Span) {
	e.mu.Lock()
	e.pending = append(e.pending, s) // @leak
	e.mu.Unlock()
}

func (e *Exporter) Run() {
	for range time.Tick(3 * time.Second) {
		for e.flush() {
		}
	}
}

// flush sends the oldest page; what cannot be sent is put back and tried again later.
func (e *Exporter) flush() bool {
	e.mu.Lock()
	n := min(len(e.pending), page)
	batch := append([]Span(nil), e.pending[:n]...)
	e.pending = e.pending[n:]
	e.mu.Unlock()
	if n == 0 {
		return false
	}
	err := e.send(batch)
	if err != nil && !e.strict {
		e.mu.Lock()
		e.pending = append(batch, e.pending...) // @also
		e.mu.Unlock()
	}
	if err != nil {
		e.Refused++
	}
	return err == nil && n == page
}

func (e *Exporter) send(batch []Span) error {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(batch); err != nil {
		return err
	}
	res, err := http.Post(e.url, "application/json", &b)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusAccepted {
		return fmt.Errorf("collector: %s", res.Status)
	}
	return nil
}
