// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.org/meadow/frame-decoder/frames"
	"example.org/meadow/internal/broker"
)

func main() { broker.Main(2, frames.New) }
