// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/quiz-room/rooms"
)

func main() { press.Main(2, rooms.New) }
