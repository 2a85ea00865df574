// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/day-counts/counts"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, counts.New) }
