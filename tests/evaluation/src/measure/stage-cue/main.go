// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/stage-cue/cues"
)

func main() { press.Main(2, cues.New) }
