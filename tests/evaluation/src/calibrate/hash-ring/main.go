// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/hash-ring/ring"
	"example.com/harbor/internal/web"
)

func main() { web.Main(1, ring.New) }
