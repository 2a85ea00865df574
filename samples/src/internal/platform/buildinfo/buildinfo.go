// SPDX-License-Identifier: Apache-2.0

// Package buildinfo carries what the release pipeline stamps into a binary.
package buildinfo

import (
	"expvar"
	"runtime"
	"time"
)

// Version is set by the linker: -X example.com/fleet/internal/platform/buildinfo.Version=1.2.3.
var Version = "dev"

// Publish makes the build and the start time visible under /debug/vars.
func Publish(service string) {
	started := time.Now()
	expvar.Publish("build", expvar.Func(func() any {
		return map[string]string{
			"service": service,
			"version": Version,
			"go":      runtime.Version(),
		}
	}))
	expvar.Publish("uptime_seconds", expvar.Func(func() any {
		return int64(time.Since(started).Seconds())
	}))
	expvar.Publish("goroutines", expvar.Func(func() any {
		return runtime.NumGoroutine()
	}))
}
