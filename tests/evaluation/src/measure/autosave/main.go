// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/autosave/saves"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, saves.New) }
