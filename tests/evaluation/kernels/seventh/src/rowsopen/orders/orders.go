// SPDX-License-Identifier: Apache-2.0

// Package orders reads orders.
package orders

import (
	"context"
	"database/sql"

	"example.com/flock/rig"
)

// Repository has a database.
type Repository struct{ db *sql.DB }

// Open opens it.
func Open() *Repository {
	sql.Register("rowsopen", plain{})
	db, err := sql.Open("rowsopen", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(2)
	return &Repository{db}
}

// First returns the first order of a customer.
func (r *Repository) First(ctx context.Context, customer int) (id int64, err error) {
	rows, err := r.db.QueryContext(ctx, "SELECT id FROM orders WHERE customer = ?", customer) // <- here
	if err != nil {
		return 0, err
	}
	if rig.Repaired {
		defer rows.Close()
	}
	if rows.Next() {
		err = rows.Scan(&id)
	}
	return id, err
}
