// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/chat-lines/chat"
	"example.com/harbor/internal/web"
)

func main() { web.Main(1, chat.New) }
