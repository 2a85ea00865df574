// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/fare-engine/fares"
	"example.com/harbor/internal/web"
)

func main() { web.Main(4, fares.New) }
