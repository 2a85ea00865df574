// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/frame-arena/arena"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(2, arena.New) }
