// SPDX-License-Identifier: Apache-2.0

// Package courses mails news of courses, and halves GOGC when memory seems short. Nothing undoes it.
package courses

import (
	"runtime"
	"runtime/debug"

	"example.net/lantern/internal/press"
)

type mail struct {
	text [700]byte
	next *mail
}

type mailer struct {
	desk *press.Desk
	out  []*mail
	pace int
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	m := &mailer{desk: desk, out: make([]*mail, 30000), pace: 160}
	for i := range m.out {
		m.out[i] = new(mail)
	}
	debug.SetGCPercent(m.pace)
	return press.Job{Tick: func(n int) {
		for i := 0; i < n*150; i++ {
			m.out[desk.Rand.Intn(len(m.out))] = new(mail)
		}
		if !desk.Fixed && desk.Rand.Intn(30) == 0 {
			m.relieve(uint64(20 << 20))
		}
	}}
}

func (m *mailer) relieve(soft uint64) {
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	if ms.HeapSys < soft || m.pace <= 10 {
		return
	}
	m.pace /= 2
	debug.SetGCPercent(m.pace)
}
