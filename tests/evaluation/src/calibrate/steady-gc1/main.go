// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/steady-gc1/steady"
)

func main() { web.Main(3, steady.New) }
