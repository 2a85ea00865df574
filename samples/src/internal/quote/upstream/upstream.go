// SPDX-License-Identifier: Apache-2.0

// Package upstream is the client of the quote exchange.
package upstream

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Quote is the exchange's view of one instrument.
type Quote struct {
	Symbol string       `json:"symbol"`
	Bid    float64      `json:"bid"`
	Ask    float64      `json:"ask"`
	Depth  [][2]float64 `json:"depth"`
	At     int64        `json:"at"` // Unix milliseconds
}

// Client asks the exchange.
type Client struct {
	base string
	http *http.Client
}

// New returns a client for the exchange below base.
func New(base string) *Client {
	return &Client{
		base: base + "/exchange/quotes/",
		http: &http.Client{
			Timeout: 4 * time.Second,
			Transport: &http.Transport{
				MaxIdleConnsPerHost: 32,
				IdleConnTimeout:     90 * time.Second,
			},
		},
	}
}

// Get fetches the quote of one symbol.
func (c *Client) Get(symbol string) (*Quote, error) {
	resp, err := c.http.Get(c.base + url.PathEscape(symbol))
	if err != nil {
		return nil, fmt.Errorf("exchange: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("exchange: %s", resp.Status)
	}
	q := new(Quote)
	if err := json.NewDecoder(resp.Body).Decode(q); err != nil {
		return nil, fmt.Errorf("exchange: %w", err)
	}
	return q, nil
}
