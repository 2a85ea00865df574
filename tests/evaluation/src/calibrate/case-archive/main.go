// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/case-archive/cases"
	"example.com/harbor/internal/web"
)

func main() { web.Main(4, cases.New) }
