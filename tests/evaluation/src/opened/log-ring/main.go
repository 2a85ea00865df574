// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/log-ring/logring"
)

func main() { broker.Main(2, logring.New) }
