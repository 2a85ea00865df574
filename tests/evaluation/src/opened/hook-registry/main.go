// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/hook-registry/hooks"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(3, hooks.New) }
