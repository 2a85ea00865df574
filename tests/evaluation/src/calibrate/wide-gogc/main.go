// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/wide-gogc/wide"
)

func main() { web.Main(3, wide.New) }
