// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/render-idle/idle"
)

func main() { press.Main(2, idle.New) }
