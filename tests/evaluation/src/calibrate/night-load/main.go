// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/night-load/nightly"
)

func main() { web.Main(3, nightly.New) }
