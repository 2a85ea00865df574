// SPDX-License-Identifier: Apache-2.0

// Package ingest takes files of publishers in, and joins what was wrong to one error.
package ingest

import (
	"errors"
	"fmt"

	"example.net/lantern/internal/press"
)

var errISBN = errors.New("no such ISBN")

type job struct {
	desk  *press.Desk
	err   error
	wrong int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	j := &job{desk: desk}
	desk.On("ROW", func(a *press.Ask) { j.row(a.Who, desk.Rand.Intn(1<<20)) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				desk.Ask("ROW", fmt.Sprintf("delivery-of-the-day-%d.onix", i%20), "row")
			}
		},
		Held: func() (int64, int64) { return j.wrong, j.wrong * 190 },
	}
}

func (j *job) row(file string, n int) {
	if n%3 != 0 {
		return
	}
	if j.desk.Fixed {
		j.err = errISBN
		return
	}
	j.wrong++
	j.err = errors.Join(j.err, fmt.Errorf("row %d of %s in delivery %d: %w", n, file, j.wrong, errISBN)) // @leak
}
