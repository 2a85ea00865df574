// SPDX-License-Identifier: Apache-2.0

// Command orders reads the first row of a query and leaves the rows open, until the pool has no connection.
//
// expect class=goroutine,context wait=(select|chan.receive) says=(?i)(rows|connection|pool|close)
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/http"

	"example.com/wharf/dock"
)

type fake struct{}

func (fake) Open(string) (driver.Conn, error)           { return fake{}, nil }
func (fake) Prepare(string) (driver.Stmt, error)        { return fake{}, nil }
func (fake) Begin() (driver.Tx, error)                  { return nil, errors.New("no") }
func (fake) Close() error                               { return nil }
func (fake) NumInput() int                              { return -1 }
func (fake) Exec([]driver.Value) (driver.Result, error) { return nil, errors.New("no") }
func (fake) Query([]driver.Value) (driver.Rows, error)  { return &fakeRows{}, nil }

type fakeRows struct{ n int64 }

func (*fakeRows) Columns() []string { return []string{"n"} }
func (*fakeRows) Close() error      { return nil }
func (r *fakeRows) Next(v []driver.Value) error {
	r.n++
	v[0] = r.n
	return nil
}

type orders struct{ db *sql.DB }

func (o *orders) newest(ctx context.Context) (n int, err error) {
	rows, err := o.db.QueryContext(ctx, "select n from orders") // <- here
	if err != nil {
		return 0, err
	}
	if dock.Repaired {
		defer rows.Close()
	}
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

func main() {
	sql.Register("fake", fake{})
	db, _ := sql.Open("fake", "")
	db.SetMaxOpenConns(5)
	o := &orders{db: db}
	http.HandleFunc("/newest", func(w http.ResponseWriter, r *http.Request) {
		n, err := o.newest(context.Background())
		fmt.Fprintln(w, n, err)
	})
	dock.Serve("/newest")
}
