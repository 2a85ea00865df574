// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/page-blocks/blocks"
)

func main() { press.Main(2, blocks.New) }
