// Copyright of somebody.

//go:build !windows

/* Package cart sells. */
package cart // import "example.com/cart"

import "testing"

func TestLeak(t *testing.T) {
	input := `goroutine 99 [chan receive (leaked)]:
main.worker()
	/home/user/main.go:20 +0x30
`
	_ = input
}
