// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/route-rules/routes"
)

func main() { web.Main(1, routes.New) }
