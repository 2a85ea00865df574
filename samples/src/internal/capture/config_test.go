// SPDX-License-Identifier: Apache-2.0

package capture

import (
	"testing"
	"time"
)

func TestArgumentsScaleWithTheRun(t *testing.T) {
	short := Plan{Interval: 10 * time.Second, Rounds: 40, Load: 6}
	full := Plan{Interval: 6 * time.Minute, Rounds: 40, Load: 1}
	for _, c := range []struct {
		plan      Plan
		arg, want string
	}{
		{full, "-ttl=${run*0.05}", "-ttl=12m0s"},
		{short, "-ttl=${run*0.05}", "-ttl=20s"},
		{full, "-bytes=${work*48000}", "-bytes=48000"},
		{short, "-bytes=${work*48000}", "-bytes=8000"},
		{short, "-n=5", "-n=5"},
	} {
		if got := c.plan.expand(c.arg); got != c.want {
			t.Errorf("%s: got %s, want %s", c.arg, got, c.want)
		}
	}
}

func TestExtrasCountRoundsFromBothEnds(t *testing.T) {
	x := Extra{Rounds: []int{3, -1}}
	for n, want := range []bool{false, false, false, true, false, true} {
		if got := x.due(n, 6); got != want {
			t.Errorf("round %d: %v, want %v", n, got, want)
		}
	}
}

func TestTheFleetFileIsSound(t *testing.T) {
	c, err := Load("../../fleet.json")
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, s := range c.Services {
		for _, name := range s.Instances {
			if seen[name] {
				t.Errorf("instance %s occurs twice", name)
			}
			seen[name] = true
		}
	}
}
