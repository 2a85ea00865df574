module github.com/oakmere/gatekit

go 1.19
