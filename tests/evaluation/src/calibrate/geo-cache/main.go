// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/geo-cache/geo"
	"example.com/harbor/internal/web"
)

func main() { web.Main(6, geo.New) }
