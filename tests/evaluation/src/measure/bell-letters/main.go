// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/bell-letters/letters"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, letters.New) }
