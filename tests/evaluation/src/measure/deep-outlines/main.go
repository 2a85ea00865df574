// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/deep-outlines/deep"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, deep.New) }
