// SPDX-License-Identifier: Apache-2.0

// Package fake is a database driver whose tables never end.
package fake

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

type drv struct{}
type conn struct{}
type rows struct{ n int64 }

func (drv) Open(string) (driver.Conn, error)     { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("not prepared") }
func (conn) Close() error                        { return nil }
func (conn) Begin() (driver.Tx, error)           { return nil, errors.New("no transactions") }
func (r *rows) Columns() []string                { return []string{"id"} }
func (r *rows) Close() error                     { return nil }
func (r *rows) Next(to []driver.Value) error     { r.n++; to[0] = r.n; return nil }
func (conn) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	return &rows{}, nil
}

func init() { sql.Register("fake", drv{}) }
