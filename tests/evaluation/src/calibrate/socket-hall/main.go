// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/socket-hall/hall"
)

func main() { web.Main(1, hall.New) }
