// SPDX-License-Identifier: Apache-2.0

// Package raster draws a parcel label as the printer wants it: one bit a dot.
package raster

import "hash/fnv"

const (
	width  = 256 // dots
	height = 128
)

// Draw renders the label of a parcel. The result belongs to the caller.
func Draw(parcel string) []byte {
	dots := make([]byte, width*height/8)
	sum := fnv.New64a()
	sum.Write([]byte(parcel))
	bars := sum.Sum64()
	for y := 0; y < height; y++ {
		row := dots[y*width/8 : (y+1)*width/8]
		for x := range row {
			row[x] = byte(bars >> (x % 8 * 8))
		}
	}
	return dots
}
