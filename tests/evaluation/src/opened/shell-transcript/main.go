// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/internal/broker"
	"example.org/meadow/shell-transcript/transcript"
)

func main() { broker.Main(2, transcript.New) }
