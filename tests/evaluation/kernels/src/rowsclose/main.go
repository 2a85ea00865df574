// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,context wait=(select|chan.receive) says=(?i)(rows|close|cancel|context)
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
func (r *rows) Next(d []driver.Value) error             { r.n++; d[0] = int64(r.n); return nil }

func firstID(ctx context.Context, db *sql.DB) int {
	var id int
	rs, err := db.QueryContext(ctx, "select id from t") // <- here
	if err != nil {
		return 0
	}
	if rs.Next() {
		rs.Scan(&id)
	}
	return id
}

func main() {
	sql.Register("mem", drv{})
	db, _ := sql.Open("mem", "")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < 70; i++ {
		firstID(ctx, db)
	}
	time.Sleep(time.Hour)
}
