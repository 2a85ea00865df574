// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/tight-gogc/tight"
)

func main() { web.Main(2, tight.New) }
