// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"database/sql/driver"
	"io"
)

type plain struct{}
type conn struct{}
type stmt struct{}
type rows struct{ n int64 }

func (plain) Open(string) (driver.Conn, error)          { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error)        { return stmt{}, nil }
func (conn) Close() error                               { return nil }
func (conn) Begin() (driver.Tx, error)                  { return nil, io.EOF }
func (stmt) Close() error                               { return nil }
func (stmt) NumInput() int                              { return -1 }
func (stmt) Exec([]driver.Value) (driver.Result, error) { return nil, io.EOF }
func (stmt) Query([]driver.Value) (driver.Rows, error)  { return &rows{}, nil }
func (*rows) Columns() []string                         { return []string{"id"} }
func (*rows) Close() error                              { return nil }
func (r *rows) Next(to []driver.Value) error {
	r.n++
	to[0] = r.n
	if r.n > 3 {
		return io.EOF
	}
	return nil
}
