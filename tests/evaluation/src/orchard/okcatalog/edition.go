// SPDX-License-Identifier: Apache-2.0
package main

import (
	"strings"
	"time"

	"example.net/orchard/yard"
)

type offer struct {
	Grower string
	Text   string
	Words  []string
}

type edition struct {
	offers []offer
	byWord map[string][]int32
}

// build takes its time.
func build(y *yard.Yard, n int, takes time.Duration) *edition {
	e := &edition{byWord: map[string][]int32{}}
	for i := 0; i < n; i++ {
		b := make([]byte, 500)
		y.Fill(b)
		o := offer{Grower: string(b[:12]), Text: string(b)}
		o.Words = strings.Fields(o.Text)[:12]
		for _, w := range o.Words {
			e.byWord[w] = append(e.byWord[w], int32(i))
		}
		e.offers = append(e.offers, o)
		if i%100 == 0 {
			time.Sleep(takes / time.Duration(n/100))
		}
	}
	return e
}

func (e *edition) some(from, n int) []offer { return e.offers[from : from+n] }
