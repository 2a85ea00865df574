// SPDX-License-Identifier: Apache-2.0

package lru

import (
	"testing"
	"time"
)

func TestLeastRecentlyUsedGoesFirst(t *testing.T) {
	c := New[string, int](3, 0)
	c.Put("a", 1, 1)
	c.Put("b", 2, 1)
	c.Put("c", 3, 1)
	c.Get("a")

	c.Put("d", 4, 1)

	if _, ok := c.Get("b"); ok {
		t.Error("b is still there, though a and c were used later")
	}
	for _, key := range []string{"a", "c", "d"} {
		if _, ok := c.Get(key); !ok {
			t.Errorf("%s has gone", key)
		}
	}
}

func TestCostNeverExceedsTheBound(t *testing.T) {
	c := New[int, int](100, 0)
	for i := 0; i < 1000; i++ {
		c.Put(i%37, i, int64(i%30))
		if s := c.Stats(); s.Cost > s.MaxCost {
			t.Fatalf("cost %d after %d entries", s.Cost, i+1)
		}
	}
}

func TestSweepDropsOnlyTheExpired(t *testing.T) {
	c := New[string, int](10, time.Hour)
	c.Put("a", 1, 1)

	c.Sweep(time.Now().Add(time.Minute))
	if _, ok := c.Get("a"); !ok {
		t.Fatal("a has gone before its time")
	}
	c.Sweep(time.Now().Add(2 * time.Hour))
	if s := c.Stats(); s.Len != 0 || s.Cost != 0 {
		t.Errorf("%d entries of cost %d are left", s.Len, s.Cost)
	}
}
