// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/lease-timers/leases"
)

func main() { web.Main(1, leases.New) }
