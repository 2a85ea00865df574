// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/bell-tower/bells"
	"example.com/harbor/internal/web"
)

func main() { web.Main(2, bells.New) }
