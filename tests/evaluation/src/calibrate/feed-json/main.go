// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/feed-json/feed"
	"example.com/harbor/internal/web"
)

func main() { web.Main(3, feed.New) }
