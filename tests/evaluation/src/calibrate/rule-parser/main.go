// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/rule-parser/rules"
)

func main() { web.Main(2, rules.New) }
