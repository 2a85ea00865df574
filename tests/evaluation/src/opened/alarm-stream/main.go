// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/alarm-stream/alarms"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(2, alarms.New) }
