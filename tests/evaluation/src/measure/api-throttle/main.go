// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/api-throttle/throttle"
	"example.net/lantern/internal/press"
)

func main() { press.Main(2, throttle.New) }
