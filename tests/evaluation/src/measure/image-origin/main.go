// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/image-origin/origin"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, origin.New) }
