// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/quota-pace/pace"
)

func main() { press.Main(1, pace.New) }
