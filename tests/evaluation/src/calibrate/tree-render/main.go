// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/tree-render/trees"
)

func main() { web.Main(1, trees.New) }
