// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/twin-finder/twins"
)

func main() { press.Main(2, twins.New) }
