// SPDX-License-Identifier: Apache-2.0

// Package arrival decides when requests come: a Poisson process whose rate
// follows a slow swing and is multiplied during occasional bursts.
package arrival

import (
	"math"
	"math/rand"
	"sort"
	"time"
)

// Shape is one row of the profile table.
type Shape struct {
	Rate   float64 `json:"rate"`   // mean arrivals a second
	Swing  float64 `json:"swing"`  // amplitude of the slow swing, 0 to 1
	Bursts float64 `json:"bursts"` // mean number of bursts in the whole run
	Factor float64 `json:"factor"` // rate during a burst, relative to the mean
	Limit  int     `json:"limit"`  // requests in flight at most, 0 for the default
}

type burst struct {
	from, to time.Duration
}

// Process draws the arrivals of one endpoint.
type Process struct {
	shape  Shape
	run    time.Duration
	period float64 // of the swing, as a share of the run
	phase  float64
	bursts []burst
	rng    *rand.Rand
	at     time.Duration
}

const meanBurst = 0.012 // of the run

// New plans a run.
func New(shape Shape, run time.Duration, seed int64) *Process {
	rng := rand.New(rand.NewSource(seed))
	p := &Process{
		shape:  shape,
		run:    run,
		period: 0.22 + 0.25*rng.Float64(),
		phase:  rng.Float64(),
		rng:    rng,
	}
	if shape.Bursts > 0 {
		for at := p.exp(1 / shape.Bursts); at < 1; at += p.exp(1 / shape.Bursts) {
			from := at
			at += math.Min(p.exp(meanBurst), 4*meanBurst)
			p.bursts = append(p.bursts, burst{p.share(from), p.share(at)})
		}
	}
	return p
}

func (p *Process) exp(mean float64) float64 { return mean * p.rng.ExpFloat64() }

func (p *Process) share(x float64) time.Duration { return time.Duration(x * float64(p.run)) }

// rate is the rate at a time since the start of the run.
func (p *Process) rate(t time.Duration) float64 {
	x := float64(t) / float64(p.run)
	r := p.shape.Rate * (1 + p.shape.Swing*math.Sin(2*math.Pi*(x/p.period+p.phase)))
	i := sort.Search(len(p.bursts), func(i int) bool { return p.bursts[i].to > t })
	if i < len(p.bursts) && p.bursts[i].from <= t {
		r *= p.shape.Factor
	}
	return r
}

// Next returns the time of the next arrival since the start of the run, by
// thinning a homogeneous process of the highest rate.
func (p *Process) Next() time.Duration {
	most := p.shape.Rate * (1 + p.shape.Swing) * math.Max(1, p.shape.Factor)
	for {
		p.at += time.Duration(p.rng.ExpFloat64() / most * float64(time.Second))
		if p.rng.Float64()*most < p.rate(p.at) {
			return p.at
		}
	}
}
