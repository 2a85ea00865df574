// SPDX-License-Identifier: Apache-2.0

package arrival

import (
	"math"
	"testing"
	"time"
)

func TestMeanRateIsThatOfTheShape(t *testing.T) {
	const run = 10 * time.Hour
	for seed := int64(1); seed <= 3; seed++ {
		p := New(Shape{Rate: 2, Factor: 1}, run, seed)
		n := 0
		for p.Next() < run {
			n++
		}
		want := 2 * run.Seconds()
		if math.Abs(float64(n)-want) > 4*math.Sqrt(want) {
			t.Errorf("seed %d: %d arrivals, want about %.0f", seed, n, want)
		}
	}
}

func TestBurstsDoNotOverlap(t *testing.T) {
	p := New(Shape{Rate: 1, Bursts: 40, Factor: 3}, time.Hour, 7)
	for i := 1; i < len(p.bursts); i++ {
		if p.bursts[i].from < p.bursts[i-1].to {
			t.Errorf("burst %d begins before the one before it ends", i)
		}
	}
}
