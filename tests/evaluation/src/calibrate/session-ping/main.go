// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/session-ping/ping"
)

func main() { web.Main(2, ping.New) }
