// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/blocklist-sync/blocklist"
	"example.net/lantern/internal/press"
)

func main() { press.Main(3, blocklist.New) }
