// Command gunzip inflates every file of a list with compress/gzip into one buffer and looks at nothing.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
)

func main() {
	list, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	var content int64
	var out bytes.Buffer
	var unzip gzip.Reader
	paths := bufio.NewScanner(list)
	for paths.Scan() {
		stored, err := os.ReadFile(paths.Text())
		if err != nil {
			fail(err)
		}
		if err := unzip.Reset(bytes.NewReader(stored)); err != nil {
			fail(err)
		}
		out.Reset()
		n, err := out.ReadFrom(&unzip)
		if err != nil {
			fail(err)
		}
		content += n
	}
	fmt.Printf("content %d\n", content)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "gunzip:", err)
	os.Exit(1)
}
