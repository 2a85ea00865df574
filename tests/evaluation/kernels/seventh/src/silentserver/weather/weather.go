// SPDX-License-Identifier: Apache-2.0

// Package weather asks a service for forecasts.
package weather

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"example.com/flock/rig"
)

// Station asks one service.
type Station struct {
	base   string
	client *http.Client
}

// New makes one.
func New(base string) *Station {
	s := &Station{base, &http.Client{Transport: &http.Transport{}}}
	if rig.Repaired {
		s.client.Timeout = 50 * time.Millisecond
	}
	return s
}

func (s *Station) fetch(path string) ([]byte, error) {
	response, err := s.client.Get(s.base + path) // <- here
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

// Forecast asks for a day.
func (s *Station) Forecast(day int) string {
	body, err := s.fetch(fmt.Sprintf("/day/%d", day)) // <- here
	if err != nil {
		return "unknown"
	}
	return string(body)
}
