// SPDX-License-Identifier: Apache-2.0

// Healthy: a database whose two connections are lent for a while and come back.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type slow struct{}
type conn struct{}

func (slow) Open(string) (driver.Conn, error)    { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("not here") }
func (conn) Begin() (driver.Tx, error)           { return nil, errors.New("not here") }
func (conn) Close() error                        { return nil }
func (conn) Ping(context.Context) error          { time.Sleep(900 * time.Millisecond); return nil }

func scenario() {
	sql.Register("slow", slow{})
	db, err := sql.Open("slow", "")
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(2)
	rig.Traffic(func(int) {
		for i := 0; i < 8; i++ {
			go db.PingContext(context.Background())
		}
		time.Sleep(time.Millisecond)
	})
}
