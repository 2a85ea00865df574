// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/command-queue/commands"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(3, commands.New) }
