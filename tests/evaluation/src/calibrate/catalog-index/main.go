// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/catalog-index/index"
	"example.com/harbor/internal/web"
)

func main() { web.Main(4, index.New) }
