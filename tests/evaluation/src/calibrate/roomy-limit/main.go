// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/roomy-limit/roomy"
)

func main() { web.Main(3, roomy.New) }
