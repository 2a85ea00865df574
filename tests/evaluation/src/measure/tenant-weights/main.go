// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/tenant-weights/weights"
)

func main() { press.Main(1, weights.New) }
