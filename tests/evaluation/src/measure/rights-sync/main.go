// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/rights-sync/rights"
)

func main() { press.Main(2, rights.New) }
