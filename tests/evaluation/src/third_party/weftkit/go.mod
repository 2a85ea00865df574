module github.com/larchway/weftkit

go 1.19
