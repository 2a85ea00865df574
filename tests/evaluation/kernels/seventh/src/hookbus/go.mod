module github.com/oktoline/hookbus

go 1.19
