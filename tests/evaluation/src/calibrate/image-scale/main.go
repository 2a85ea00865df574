// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/image-scale/scale"
	"example.com/harbor/internal/web"
)

func main() { web.Main(3, scale.New) }
