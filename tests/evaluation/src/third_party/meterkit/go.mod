module github.com/coldspring/meterkit

go 1.19
