// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/quote-service/service"
)

func main() { web.Main(3, service.New) }
