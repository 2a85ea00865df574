// SPDX-License-Identifier: Apache-2.0

// Command sqlnested asks its pool of one connection for another while it reads the rows of the first.
package main

import (
	"database/sql"

	"example.com/bench/fakedb"
	"example.com/bench/rig"
)

type report struct{ db *sql.DB }

func (r *report) names() (found []string) {
	rows, err := r.db.Query("select id from users")
	if err != nil {
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		if rig.Repaired {
			continue
		}
		var name string
		r.db.QueryRow("select name from users where id = 1").Scan(&name) // <- here
		found = append(found, name)
	}
	return found
}

func scenario() {
	r := &report{db: fakedb.Open()}
	r.db.SetMaxOpenConns(1)
	r.names()
	if rig.Repaired {
		r.db.Close()
	}
}

func main() {
	rig.Run(scenario)
}
