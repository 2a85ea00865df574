// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/busy-quotes/busy"
	"example.com/harbor/internal/web"
)

func main() { web.Main(3, busy.New) }
