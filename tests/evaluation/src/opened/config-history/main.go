// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/config-history/history"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(4, history.New) }
