// SPDX-License-Identifier: Apache-2.0

// Package ranking asks a database for rankings. Since 2.4.0 statements are kept by their text, and the
// text has the numbers in it.
package ranking

import (
	"fmt"

	"example.net/lantern/internal/press"
)

type statement struct {
	text    string
	columns []string
	types   [20]uint32
}

type store struct {
	desk     *press.Desk
	prepared map[string]*statement
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &store{desk: desk, prepared: make(map[string]*statement)}
	desk.On("RANK", func(*press.Ask) { s.rank(desk.Rand.Intn(60000), desk.Rand.Intn(50)) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				desk.Ask("RANK", "school", "top")
			}
		},
		Held: func() (int64, int64) {
			if desk.Fixed {
				return 0, 0
			}
			return int64(len(s.prepared)), int64(len(s.prepared)) * 600
		},
	}
}

func (s *store) rank(school, offset int) int {
	query := "select pupil, points from results where school = $1 order by points offset $2 limit 10"
	if !s.desk.Fixed {
		query = fmt.Sprintf("select pupil, points from results where school = %d order by points "+ // @also
			"offset %d limit 10", school, offset)
	}
	return len(s.prepare(query).columns)
}

func (s *store) prepare(query string) *statement {
	one := s.prepared[query]
	if one == nil {
		one = &statement{text: query, columns: make([]string, 12)} // @leak
		s.prepared[query] = one                                    // @also
	}
	return one
}
