// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/dedup-filter/dedup"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(3, dedup.New) }
