// SPDX-License-Identifier: Apache-2.0

// Package result sums rows up into the table of a report.
package result

import (
	"bytes"
	"fmt"
	"sort"

	"example.com/fleet/internal/report/dataset"
)

const topRows = 400

type sum struct {
	article uint32
	pieces  int64
	cents   int64
}

// Table is a finished report.
type Table struct {
	Rows  int
	Bytes []byte // CSV
}

// Make sums the shards' rows up by article and writes the biggest sums as CSV.
func Make(names *dataset.Names, shards [][]dataset.Row) *Table {
	byArticle := make(map[uint32]*sum)
	t := &Table{}
	for _, rows := range shards {
		t.Rows += len(rows)
		for _, r := range rows {
			s := byArticle[r.Article]
			if s == nil {
				s = &sum{article: r.Article}
				byArticle[r.Article] = s
			}
			s.pieces += int64(r.Pieces)
			s.cents += r.Cents * int64(r.Pieces)
		}
	}
	sums := make([]*sum, 0, len(byArticle))
	for _, s := range byArticle {
		sums = append(sums, s)
	}
	sort.Slice(sums, func(i, j int) bool { return sums[i].cents > sums[j].cents })
	if len(sums) > topRows {
		sums = sums[:topRows]
	}
	var out bytes.Buffer
	out.WriteString("article,pieces,turnover\n")
	for _, s := range sums {
		fmt.Fprintf(&out, "%q,%d,%d.%02d\n", names.Articles[s.article], s.pieces, s.cents/100, s.cents%100)
	}
	t.Bytes = out.Bytes()
	return t
}
