// SPDX-License-Identifier: Apache-2.0

// Command sqltx leaves a transaction open when an order is empty, until the pool has no connection.
package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.com/bench/fakedb"
	"example.com/bench/rig"
)

type orders struct{ db *sql.DB }

func (o *orders) place(items int) error {
	tx, err := o.db.BeginTx(context.Background(), nil) // <- here
	if err != nil {
		return err
	}
	if items == 0 {
		if rig.Repaired {
			tx.Rollback()
		}
		return errors.New("empty")
	}
	return tx.Commit()
}

func scenario() {
	o := &orders{db: fakedb.Open()}
	o.db.SetMaxOpenConns(2)
	o.place(0)
	o.place(0)
	for i := 0; i < 4; i++ {
		go o.place(3)
	}
	time.Sleep(50 * time.Millisecond)
	if rig.Repaired {
		o.db.Close()
	}
}

func main() {
	rig.Run(scenario)
}
