// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/visitor-stats/visitors"
)

func main() { web.Main(4, visitors.New) }
