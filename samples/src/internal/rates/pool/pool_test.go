// SPDX-License-Identifier: Apache-2.0

package pool

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestPoolGrowsRunsEverythingAndShrinks(t *testing.T) {
	p := New(8, 10*time.Millisecond)
	var ran int32
	var done sync.WaitGroup
	for i := 0; i < 30; i++ {
		done.Add(1)
		err := p.Do(func() {
			time.Sleep(time.Millisecond)
			atomic.AddInt32(&ran, 1)
			done.Done()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if p.Workers() < 2 {
		t.Errorf("%d workers for 30 functions", p.Workers())
	}
	done.Wait()
	if ran != 30 {
		t.Errorf("%d functions ran", ran)
	}
	for end := time.Now().Add(5 * time.Second); p.Workers() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d workers are still there", p.Workers())
		}
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p.Close(ctx)
	if err := p.Do(func() {}); err != ErrFull {
		t.Errorf("a closed pool took work: %v", err)
	}
}
