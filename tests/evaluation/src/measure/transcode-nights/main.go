// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/transcode-nights/nights"
)

func main() { press.Main(2, nights.New) }
