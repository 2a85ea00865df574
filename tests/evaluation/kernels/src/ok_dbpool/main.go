// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"time"

	_ "example.com/shop/probe"
)

type drv struct{}
type conn struct{}
type stmt struct{}
type rows struct{ n int }

func (drv) Open(string) (driver.Conn, error)            { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error)        { return stmt{}, nil }
func (conn) Close() error                               { return nil }
func (conn) Begin() (driver.Tx, error)                  { return nil, io.EOF }
func (stmt) Close() error                               { return nil }
func (stmt) NumInput() int                              { return 0 }
func (stmt) Exec([]driver.Value) (driver.Result, error) { return nil, io.EOF }
func (stmt) Query([]driver.Value) (driver.Rows, error)  { return &rows{}, nil }
func (*rows) Columns() []string                         { return []string{"id"} }
func (*rows) Close() error                              { return nil }
func (r *rows) Next(d []driver.Value) error {
	if r.n > 2 {
		return io.EOF
	}
	r.n++
	d[0] = int64(r.n)
	return nil
}

func main() {
	sql.Register("mem", drv{})
	db, _ := sql.Open("mem", "")
	db.SetMaxOpenConns(20)
	for i := 0; i < 20; i++ {
		go func() {
			for {
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				if rs, err := db.QueryContext(ctx, "select"); err == nil {
					for rs.Next() {
					}
					rs.Close()
				}
				cancel()
				time.Sleep(20 * time.Millisecond)
			}
		}()
	}
	select {}
}
