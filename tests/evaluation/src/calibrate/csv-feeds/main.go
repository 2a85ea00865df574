// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/csv-feeds/feeds"
	"example.com/harbor/internal/web"
)

func main() { web.Main(2, feeds.New) }
