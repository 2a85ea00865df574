// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/news-fan/news"
)

func main() { web.Main(2, news.New) }
