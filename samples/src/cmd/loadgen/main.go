// SPDX-License-Identifier: Apache-2.0

// Command loadgen sends the traffic of the test bench: for every target it runs
// each endpoint of the service's profile as a process of its own.
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"os"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"example.com/fleet/internal/load/arrival"
	"example.com/fleet/internal/load/scenario"
)

//go:embed profiles.json
var profiles []byte

const defaultLimit = 64

// endpoint is one process of arrivals.
type endpoint struct {
	name     string
	arrivals *arrival.Process
	act      scenario.Action
	client   *scenario.Client
	slots    chan struct{}

	sent, failed, skipped int64
}

func main() {
	targets := flag.String("targets", "", "comma separated list of SERVICE=URL")
	duration := flag.Duration("duration", 4*time.Hour, "length of the run")
	load := flag.Float64("load", 1, "multiplies the rates of all profiles")
	seed := flag.Int64("seed", 1, "seed of arrivals and requests")
	flag.Parse()

	endpoints, err := plan(*targets, *duration, *load, *seed)
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, *duration)
	defer cancel()

	start := time.Now()
	var all sync.WaitGroup
	for _, e := range endpoints {
		all.Add(1)
		go func(e *endpoint) {
			defer all.Done()
			e.run(ctx, start)
		}(e)
	}
	all.Wait()
	for _, e := range endpoints {
		log.Printf("%s: %d sent, %d failed, %d skipped", e.name, atomic.LoadInt64(&e.sent),
			atomic.LoadInt64(&e.failed), atomic.LoadInt64(&e.skipped))
	}
}

func plan(targets string, run time.Duration, load float64, seed int64) ([]*endpoint, error) {
	var table map[string]map[string]arrival.Shape
	if err := json.Unmarshal(profiles, &table); err != nil {
		return nil, fmt.Errorf("profiles.json: %w", err)
	}
	var endpoints []*endpoint
	for _, target := range strings.Split(targets, ",") {
		service, base, ok := strings.Cut(target, "=")
		if !ok {
			return nil, fmt.Errorf("target %q is not SERVICE=URL", target)
		}
		actions, err := scenario.For(service)
		if err != nil {
			return nil, err
		}
		client := scenario.NewClient(base, run, seedOf(seed, target))
		for name, shape := range table[service] {
			act, ok := actions[name]
			if !ok {
				return nil, fmt.Errorf("profiles.json: %s has no endpoint %q", service, name)
			}
			shape.Rate *= load
			limit := shape.Limit
			if limit == 0 {
				limit = defaultLimit
			}
			endpoints = append(endpoints, &endpoint{
				name:     service + " " + name + " " + base,
				arrivals: arrival.New(shape, run, seedOf(seed, target+name)),
				act:      act,
				client:   client,
				slots:    make(chan struct{}, limit),
			})
		}
	}
	return endpoints, nil
}

func seedOf(seed int64, name string) int64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return seed ^ int64(h.Sum64()>>1)
}

// run sends requests until ctx is done. Arrivals that find all slots taken are
// skipped, as a client would go elsewhere.
func (e *endpoint) run(ctx context.Context, start time.Time) {
	var open sync.WaitGroup
	defer open.Wait()
	timer := time.NewTimer(0)
	defer timer.Stop()
	<-timer.C
	for {
		timer.Reset(time.Until(start.Add(e.arrivals.Next())))
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
		select {
		case e.slots <- struct{}{}:
		default:
			atomic.AddInt64(&e.skipped, 1)
			continue
		}
		open.Add(1)
		go func() {
			defer open.Done()
			defer func() { <-e.slots }()
			atomic.AddInt64(&e.sent, 1)
			if err := e.act(ctx, e.client); err != nil && ctx.Err() == nil {
				atomic.AddInt64(&e.failed, 1)
			}
		}()
	}
}
