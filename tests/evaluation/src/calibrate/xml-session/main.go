// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/xml-session/docs"
)

func main() { web.Main(1, docs.New) }
