// SPDX-License-Identifier: Apache-2.0

// Package twodays keeps excerpts for two days after their last use, and sweeps each hour.
package twodays

import (
	"fmt"
	"time"

	"example.net/lantern/internal/press"
)

type excerpt struct {
	text []byte
	used time.Time
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	all := make(map[string]*excerpt)
	swept := desk.Now()
	return press.Job{Tick: func(n int) {
		now := desk.Now()
		for i := 0; i < n/4; i++ {
			key := fmt.Sprintf("excerpt-%x", desk.Rand.Intn(1<<30))
			all[key] = &excerpt{text: make([]byte, 2000+desk.Rand.Intn(4000)), used: now}
		}
		if now.Sub(swept) < time.Hour {
			return
		}
		swept = now
		for key, e := range all {
			if now.Sub(e.used) > 48*time.Hour {
				delete(all, key)
			}
		}
	}}
}
