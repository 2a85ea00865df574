// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/scan-gateway/gateway"
)

func main() { web.Main(2, gateway.New) }
