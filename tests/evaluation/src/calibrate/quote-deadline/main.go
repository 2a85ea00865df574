// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/quote-deadline/quotes"
)

func main() { web.Main(1, quotes.New) }
