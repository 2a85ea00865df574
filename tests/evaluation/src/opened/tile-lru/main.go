// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/tile-lru/lru"
)

func main() { broker.Main(2, lru.New) }
