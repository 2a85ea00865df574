// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/model-shadow/shadow"
)

func main() { broker.Main(1, shadow.New) }
