// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/media-handles/handles"
)

func main() { press.Main(2, handles.New) }
