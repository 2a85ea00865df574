// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/returns-desk/returns"
)

func main() { web.Main(3, returns.New) }
