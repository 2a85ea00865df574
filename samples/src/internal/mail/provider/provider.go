// SPDX-License-Identifier: Apache-2.0

// Package provider is the client of the mail provider that does the delivery.
package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Client submits mailings.
type Client struct {
	url  string
	http *http.Client
}

// New returns a client for the provider below base.
func New(base string) *Client {
	return &Client{
		url:  base + "/mail/submit",
		http: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}},
	}
}

// Submit delivers size bytes to n recipients and returns one SMTP code for each.
func (c *Client) Submit(tenant string, n, size int) ([]int, error) {
	envelope, err := json.Marshal(map[string]any{
		"tenant": tenant, "recipients": n, "bytes": size,
	})
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Post(c.url, "application/json", bytes.NewReader(envelope))
	if err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("provider: %s", resp.Status)
	}
	var answer struct {
		Codes []int `json:"codes"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	return answer.Codes, nil
}
