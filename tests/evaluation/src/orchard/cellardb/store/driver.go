// SPDX-License-Identifier: Apache-2.0
package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"time"
)

func init() { sql.Register("cellar", file{}) }

type (
	file   struct{}
	conn   struct{ page [4096]byte }
	stmt   struct{ c *conn }
	cursor struct{ cellar, at int64 }
)

var errNot = errors.New("cellar: only reads")

func (file) Open(string) (driver.Conn, error)             { return new(conn), nil }
func (c *conn) Prepare(string) (driver.Stmt, error)       { return stmt{c}, nil }
func (c *conn) Close() error                              { return nil }
func (c *conn) Begin() (driver.Tx, error)                 { return nil, errNot }
func (s stmt) Close() error                               { return nil }
func (s stmt) NumInput() int                              { return 1 }
func (s stmt) Exec([]driver.Value) (driver.Result, error) { return nil, errNot }

func (s stmt) Query(args []driver.Value) (driver.Rows, error) {
	time.Sleep(4 * time.Millisecond)
	return &cursor{cellar: args[0].(int64)}, nil
}

func (c *cursor) Columns() []string { return []string{"id", "litres", "sort"} }
func (c *cursor) Close() error      { return nil }

// Next gives twenty barrels; one in some cellars has less than nothing in it.
func (c *cursor) Next(to []driver.Value) error {
	if c.at == 20 {
		return io.EOF
	}
	c.at++
	to[0], to[1], to[2] = c.at, 100+c.at, "cider"
	if c.cellar%15 == 3 && c.at == 12 {
		to[1] = int64(-1)
	}
	return nil
}
