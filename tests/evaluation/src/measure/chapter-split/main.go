// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/chapter-split/split"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, split.New) }
