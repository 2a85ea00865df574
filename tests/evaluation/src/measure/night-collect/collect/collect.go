// SPDX-License-Identifier: Apache-2.0

// Package collect reads its rules anew each night and collects once when that is done.
package collect

import (
	"fmt"
	"runtime"

	"example.net/lantern/internal/press"
)

// New returns the service.
func New(desk *press.Desk) press.Job {
	rules := read(0)
	day := desk.Now().YearDay()
	return press.Job{Tick: func(n int) {
		if now := desk.Now(); now.YearDay() != day && now.Hour() >= 3 {
			day = now.YearDay()
			rules = read(day)
			runtime.GC()
		}
		for i := 0; i < n*6; i++ {
			key := fmt.Sprint("rule-", desk.Rand.Intn(20000))
			rules[key] = append([]byte(nil), rules[key]...)
		}
	}}
}

func read(edition int) map[string][]byte {
	rules := make(map[string][]byte)
	for i := 0; i < 20000; i++ {
		rules[fmt.Sprint("rule-", i)] = make([]byte, 200+(i+edition)%300)
	}
	return rules
}
