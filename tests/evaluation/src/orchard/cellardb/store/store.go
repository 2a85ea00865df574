// SPDX-License-Identifier: Apache-2.0

// Package store asks the data base of the cellars.
package store

import (
	"context"
	"database/sql"
	"errors"
)

type Barrel struct {
	ID     int
	Litres int
	Sort   string
}

type Store struct {
	db     *sql.DB
	strict bool
}

var errLeaky = errors.New("barrel leaks")

func Open(conns int, strict bool) *Store {
	db, _ := sql.Open("cellar", "")
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return &Store{db, strict}
}

func (s *Store) Barrels(ctx context.Context, cellar int) ([]Barrel, error) {
	rows, err := s.db.QueryContext(ctx, "select id, litres, sort from barrel where cellar = ?", cellar) // @leak
	if err != nil {
		return nil, err
	}
	if s.strict {
		defer rows.Close()
	}
	var out []Barrel
	for rows.Next() {
		var b Barrel
		if err := rows.Scan(&b.ID, &b.Litres, &b.Sort); err != nil {
			return nil, err
		}
		if b.Litres < 0 {
			return nil, errLeaky // rows stay open, and their connection busy
		}
		out = append(out, b)
	}
	return out, rows.Err()
}
