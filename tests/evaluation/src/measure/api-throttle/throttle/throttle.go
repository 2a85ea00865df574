// SPDX-License-Identifier: Apache-2.0

// Package throttle lets each client pass so many times a second, by its address.
package throttle

import (
	"fmt"
	"net"

	"example.net/lantern/internal/press"
	"github.com/oakmere/gatekit"
)

type throttle struct {
	desk    *press.Desk
	gate    *gatekit.Gate
	refused int
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	t := &throttle{desk: desk, gate: gatekit.New(5, 20)}
	desk.On("API", func(a *press.Ask) { t.pass(a.Who) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				desk.Ask("API", fmt.Sprintf("10.0.%d.%d:%d", desk.Rand.Intn(8), desk.Rand.Intn(250), 20000+desk.Rand.Intn(40000)), "v2")
			}
		},
		Held: func() (int64, int64) {
			if desk.Fixed {
				return 0, 0
			}
			return int64(t.gate.Len()), int64(t.gate.Len()) * 260
		},
	}
}

// pass takes the whole remote address, with the port, which is another one each time.
func (t *throttle) pass(remote string) {
	client := remote
	if host, _, err := net.SplitHostPort(remote); err == nil && t.desk.Fixed {
		client = host
	}
	if !t.gate.Allow(client, t.desk.Now()) { // @leak
		t.refused++
	}
}
