// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/publish-flow/flow"
)

func main() { press.Main(2, flow.New) }
