// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/rights-cache/cache"
)

func main() { press.Main(2, cache.New) }
