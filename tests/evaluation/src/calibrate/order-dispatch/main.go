// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/order-dispatch/dispatch"
)

func main() { web.Main(3, dispatch.New) }
