// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/skin-reload/skins"
)

func main() { press.Main(2, skins.New) }
