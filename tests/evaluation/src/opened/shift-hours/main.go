// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/shift-hours/hours"
)

func main() { broker.Main(2, hours.New) }
