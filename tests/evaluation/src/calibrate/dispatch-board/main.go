// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/dispatch-board/board"
	"example.com/harbor/internal/web"
)

func main() { web.Main(2, board.New) }
