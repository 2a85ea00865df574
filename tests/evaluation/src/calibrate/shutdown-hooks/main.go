// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/shutdown-hooks/hooks"
)

func main() { web.Main(1, hooks.New) }
