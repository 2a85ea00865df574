// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/courier-chat/talks"
	"example.com/harbor/internal/web"
)

func main() { web.Main(1, talks.New) }
