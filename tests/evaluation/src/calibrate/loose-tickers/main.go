// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/loose-tickers/loose"
)

func main() { web.Main(2, loose.New) }
