// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/gogc-switch/pace"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(4, pace.New) }
