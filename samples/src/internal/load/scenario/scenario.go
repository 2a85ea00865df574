// SPDX-License-Identifier: Apache-2.0

// Package scenario knows how to talk to each service of the fleet: one file a
// service, one function an endpoint.
package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"sync"
	"time"
)

// Action sends one request.
type Action func(ctx context.Context, c *Client) error

// Actions are the endpoints of a service by name.
type Actions map[string]Action

// services lists the scenarios. Each call makes the state of one instance.
var services = map[string]func() Actions{
	"audit-log":      auditLog,
	"catalog-cache":  catalogCache,
	"checkout-api":   checkoutAPI,
	"doc-preview":    docPreview,
	"feature-flags":  featureFlags,
	"ledger-sync":    ledgerSync,
	"mail-relay":     mailRelay,
	"notify-hub":     notifyHub,
	"quote-proxy":    quoteProxy,
	"rates-feed":     ratesFeed,
	"report-worker":  reportWorker,
	"search-index":   searchIndex,
	"session-store":  sessionStore,
	"stream-gateway": streamGateway,
}

// For returns the actions of a service.
func For(service string) (Actions, error) {
	build, ok := services[service]
	if !ok {
		return nil, fmt.Errorf("no scenario for service %q", service)
	}
	return build(), nil
}

// Client is one instance under load.
type Client struct {
	Base string
	Run  time.Duration // length of the whole run; long requests are measured by it

	http *http.Client
	mu   sync.Mutex
	rng  *rand.Rand
}

// NewClient returns a client for the instance at base.
func NewClient(base string, run time.Duration, seed int64) *Client {
	return &Client{
		Base: base,
		Run:  run,
		http: &http.Client{Transport: &http.Transport{
			MaxIdleConnsPerHost: 8,
			IdleConnTimeout:     30 * time.Second,
		}},
		rng: rand.New(rand.NewSource(seed)),
	}
}

func (c *Client) intn(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rng.Intn(n)
}

func (c *Client) between(low, high int) int { return low + c.intn(high-low+1) }

func (c *Client) float() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rng.Float64()
}

func (c *Client) exp(mean time.Duration) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Duration(float64(mean) * c.rng.ExpFloat64())
}

// skewed draws from 0 to n-1, low numbers being far more likely.
func (c *Client) skewed(n int) int {
	x := c.float()
	return int(x * x * x * float64(n))
}

// do sends a request and returns the body of a good answer. A status of the
// service's own is not an error of the run.
func (c *Client) do(ctx context.Context, method, path, kind string, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.Base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("User-Agent", agents[c.intn(len(agents))])
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= 400 {
		return nil, err
	}
	return answer, nil
}

func (c *Client) get(ctx context.Context, path string) ([]byte, error) {
	return c.do(ctx, http.MethodGet, path, "", nil)
}

// send posts v as JSON and decodes the answer into reply unless that is nil.
func (c *Client) send(ctx context.Context, method, path string, v, reply any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	answer, err := c.do(ctx, method, path, "application/json", body)
	if err != nil || reply == nil || answer == nil {
		return err
	}
	return json.Unmarshal(answer, reply)
}

// hold opens a stream and reads it until the client has had enough.
func (c *Client) hold(ctx context.Context, path string, mean time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second+c.exp(mean))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

var agents = [...]string{
	"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15",
	"ShopApp/8.2.1 (Android 14; SM-A546B)",
	"partner-sync/2.3",
}

// ring remembers the newest values of something seen in answers.
type ring[T any] struct {
	mu     sync.Mutex
	values []T
	next   int
	max    int
}

func newRing[T any](max int) *ring[T] { return &ring[T]{max: max} }

func (r *ring[T]) add(v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.values) < r.max {
		r.values = append(r.values, v)
		return
	}
	r.values[r.next] = v
	r.next = (r.next + 1) % r.max
}

func (r *ring[T]) pick(c *Client) (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.values) == 0 {
		var zero T
		return zero, false
	}
	return r.values[c.intn(len(r.values))], true
}
