// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/hold-release/holds"
	"example.com/harbor/internal/web"
)

func main() { web.Main(2, holds.New) }
