// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/rain-archive/archive"
)

func main() { broker.Main(2, archive.New) }
