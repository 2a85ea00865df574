// SPDX-License-Identifier: Apache-2.0

// Command ledgerrows reads the first row of a query and leaves the rows open; the pool has four connections.
//
// expect class=goroutine,context wait=(select|chan.receive) says=(?i)(rows|connection|pool|close)
package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"

	_ "example.org/depot/ledgerrows/fake"
	"example.org/depot/port"
)

type accounts struct {
	db *sql.DB
}

func (a *accounts) newest(ctx context.Context) (id int64, err error) {
	rows, err := a.db.QueryContext(ctx, "SELECT id FROM account ORDER BY id DESC") // <- here
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&id)
	}
	return id, err
}

func main() {
	db, _ := sql.Open("fake", "")
	db.SetMaxOpenConns(4)
	a := &accounts{db: db}
	http.HandleFunc("/newest", func(w http.ResponseWriter, r *http.Request) {
		id, err := a.newest(context.Background())
		fmt.Fprintln(w, id, err)
	})
	port.Run("/newest")
}
