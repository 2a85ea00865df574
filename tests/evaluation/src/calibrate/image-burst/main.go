// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/image-burst/images"
	"example.com/harbor/internal/web"
)

func main() { web.Main(2, images.New) }
