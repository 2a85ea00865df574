// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/heat-map/heatmap"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(5, heatmap.New) }
