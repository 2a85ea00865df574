// SPDX-License-Identifier: Apache-2.0

// Package db counts barrels; connections stay open, each with its statements and a buffer.
package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"time"
)

type Pool struct {
	db    *sql.DB
	count *sql.Stmt
}

var errNot = errors.New("db: only reads")

func Open(conns int) *Pool {
	d, _ := sql.Open("barrels", "")
	d.SetMaxOpenConns(conns)
	d.SetMaxIdleConns(conns)
	s, _ := d.Prepare("select id from barrel where cellar = ? and wait = ?")
	return &Pool{d, s}
}

func (p *Pool) Count(ctx context.Context, cellar, wait int) (int, error) {
	rows, err := p.count.QueryContext(ctx, cellar, wait)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func init() { sql.Register("barrels", server{}) }

type (
	server struct{}
	conn   struct{ buf []byte }
	stmt   struct{ page []byte }
	cursor struct{ left int64 }
)

func (server) Open(string) (driver.Conn, error) {
	return &conn{make([]byte, 400<<10)}, nil
}
func (c *conn) Prepare(string) (driver.Stmt, error)        { return &stmt{make([]byte, 60<<10)}, nil }
func (c *conn) Close() error                               { return nil }
func (c *conn) Begin() (driver.Tx, error)                  { return nil, errNot }
func (s *stmt) Close() error                               { return nil }
func (s *stmt) NumInput() int                              { return 2 }
func (s *stmt) Exec([]driver.Value) (driver.Result, error) { return nil, errNot }

func (s *stmt) Query(args []driver.Value) (driver.Rows, error) {
	time.Sleep(time.Duration(args[1].(int64)) * time.Millisecond)
	return &cursor{args[0].(int64)}, nil
}

func (c *cursor) Columns() []string { return []string{"id"} }
func (c *cursor) Close() error      { return nil }

func (c *cursor) Next(to []driver.Value) error {
	if c.left == 0 {
		return io.EOF
	}
	to[0], c.left = c.left, c.left-1
	return nil
}
