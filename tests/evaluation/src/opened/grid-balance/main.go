// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/grid-balance/balance"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(3, balance.New) }
