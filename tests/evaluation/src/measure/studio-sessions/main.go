// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/studio-sessions/studio"
)

func main() { press.Main(3, studio.New) }
