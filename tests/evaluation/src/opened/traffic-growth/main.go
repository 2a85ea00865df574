// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/traffic-growth/growth"
)

func main() { broker.Main(2, growth.New) }
