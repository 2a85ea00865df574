// SPDX-License-Identifier: Apache-2.0
// env: GOMAXPROCS=1 GOGC=30
// fixed-env: GOMAXPROCS=1 GOGC=30
package main

import (
	"fmt"
	"strings"

	"example.net/orchard/bigreaders/lines"
	"example.net/orchard/yard"
)

type tree struct {
	id     int
	row    *row
	events []*event
}

type row struct{ trees []*tree }

type event struct {
	kind string
	next *event
}

// plan is what the service knows: a hundred thousand trees and what happened to them.
func plan() []*row {
	var rows []*row
	for i := 0; i < 1000; i++ {
		r := &row{}
		for j := 0; j < 100; j++ {
			t := &tree{id: i*100 + j, row: r}
			for k := 0; k < 4; k++ {
				t.events = append(t.events, &event{kind: fmt.Sprint("cut ", k)})
			}
			r.trees = append(r.trees, t)
		}
		rows = append(rows, r)
	}
	return rows
}

func main() {
	y := yard.Open()
	rows, cut := plan(), 0
	p := lines.Parser{Strict: y.Strict}
	y.Pace(600, func(i int) {
		n := p.Count(strings.NewReader("row 17 tree 4\ncut\nrow 18 tree 5\ncut\n"))
		cut += n + len(rows[i%1000].trees)
	})
	y.Wait()
}
