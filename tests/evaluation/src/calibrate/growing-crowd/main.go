// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/growing-crowd/crowd"
	"example.com/harbor/internal/web"
)

func main() { web.Main(1, crowd.New) }
