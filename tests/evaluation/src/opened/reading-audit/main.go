// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/reading-audit/audit"
)

func main() { broker.Main(2, audit.New) }
