// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/preview-render/previews"
)

func main() { press.Main(2, previews.New) }
