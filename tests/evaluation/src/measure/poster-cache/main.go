// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/poster-cache/posters"
)

func main() { press.Main(2, posters.New) }
