// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/morning-rush/rush"
)

func main() { web.Main(1, rush.New) }
