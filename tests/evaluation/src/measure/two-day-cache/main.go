// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/two-day-cache/twodays"
)

func main() { press.Main(2, twodays.New) }
