// SPDX-License-Identifier: Apache-2.0

// Command ok_sqlbusy has ten clients and two connections, each of which is in use for a moment.
package main

import (
	"database/sql"
	"time"

	"example.com/bench/fakedb"
	"example.com/bench/rig"
)

func client(db *sql.DB) {
	for {
		rows, err := db.Query("select id from users")
		if err != nil {
			return
		}
		for rows.Next() {
			time.Sleep(time.Millisecond)
		}
		rows.Close()
		time.Sleep(time.Millisecond)
	}
}

func scenario() {
	db := fakedb.Open()
	db.SetMaxOpenConns(2)
	for i := 0; i < 10; i++ {
		go client(db)
	}
}

func main() {
	rig.Run(scenario)
}
