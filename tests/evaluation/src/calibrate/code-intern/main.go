// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/code-intern/intern"
	"example.com/harbor/internal/web"
)

func main() { web.Main(3, intern.New) }
