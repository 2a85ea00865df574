// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/roomy-frames/frames"
)

func main() { press.Main(1, frames.New) }
