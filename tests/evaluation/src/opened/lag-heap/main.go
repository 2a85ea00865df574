// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/lag-heap/lag"
)

func main() { broker.Main(3, lag.New) }
