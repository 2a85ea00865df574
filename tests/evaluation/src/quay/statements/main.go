// SPDX-License-Identifier: Apache-2.0
package main

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"

	"example.net/quay/kit"
)

type fake struct{}

func (fake) Open(string) (driver.Conn, error) { return &conn{}, nil }

type conn struct{}

func (c *conn) Prepare(q string) (driver.Stmt, error) { return &stmt{q}, nil }
func (c *conn) Close() error                          { return nil }
func (c *conn) Begin() (driver.Tx, error)             { return nil, io.EOF }

type stmt struct{ q string }

func (s *stmt) Close() error                               { return nil }
func (s *stmt) NumInput() int                              { return -1 }
func (s *stmt) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (s *stmt) Query([]driver.Value) (driver.Rows, error)  { return nil, io.EOF }

func touch(db *sql.DB, table string, id int, strict bool) error {
	s, err := db.Prepare("UPDATE " + table + " SET seen = now() WHERE id = ?") // @leak
	if err != nil {
		return err
	}
	if strict {
		defer s.Close()
	}
	_, err = s.Exec(id)
	return err
}

func main() {
	app := kit.Start()
	sql.Register("fake", fake{})
	db, err := sql.Open("fake", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(4)
	app.Load(50, func(i int) { touch(db, fmt.Sprintf("berth_%d", i%40), i, app.Repaired) })
	app.Wait()
}
