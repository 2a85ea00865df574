// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/photo-lru/photos"
)

func main() { web.Main(1, photos.New) }
