// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/label-store/labels"
)

func main() { web.Main(1, labels.New) }
