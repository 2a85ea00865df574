module github.com/fernhill/sinkgroup

go 1.19
