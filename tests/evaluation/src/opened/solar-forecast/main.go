// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/solar-forecast/solar"
)

func main() { broker.Main(2, solar.New) }
