module github.com/vexlane/strom

go 1.19
