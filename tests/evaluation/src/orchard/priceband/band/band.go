// SPDX-License-Identifier: Apache-2.0

// Package band knows between which prices lots are sold. What was computed once is not computed again.
package band

import "math"

type Band struct {
	Low, High float64
	Steps     [10]float64
}

type Table struct {
	known  map[float64]Band
	strict bool
}

func NewTable(strict bool) *Table { return &Table{map[float64]Band{}, strict} }

// For looks a ratio up; it may be 0/0, and no such key is ever found again.
func (t *Table) For(ratio float64) Band {
	if t.strict && math.IsNaN(ratio) {
		ratio = 0
	}
	if b, ok := t.known[ratio]; ok {
		return b
	}
	b := compute(ratio)
	t.known[ratio] = b // @leak
	return b
}

func compute(ratio float64) Band {
	b := Band{Low: 40 * ratio, High: 90 * ratio}
	for i := range b.Steps {
		b.Steps[i] = b.Low + (b.High-b.Low)*math.Sqrt(float64(i)/10)
	}
	return b
}
