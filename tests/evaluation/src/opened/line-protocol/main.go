// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/line-protocol/lines"
)

func main() { broker.Main(2, lines.New) }
