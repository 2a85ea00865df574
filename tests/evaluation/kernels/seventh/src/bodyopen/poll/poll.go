// SPDX-License-Identifier: Apache-2.0

// Package poll asks others whether they are well.
package poll

import (
	"io"
	"net/http"
	"time"

	"example.com/flock/rig"
)

// Poller asks one address.
type Poller struct {
	url    string
	client http.Client
}

// New makes one with connections of its own.
func New(url string) *Poller {
	return &Poller{url, http.Client{Transport: &http.Transport{}, Timeout: time.Hour}}
}

// IsWell asks once.
func (p *Poller) IsWell() bool {
	response, err := p.client.Get(p.url)
	if err != nil {
		return false
	}
	if rig.Repaired {
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	return response.StatusCode == http.StatusOK
}
