// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/trace-tags/tags"
)

func main() { web.Main(1, tags.New) }
