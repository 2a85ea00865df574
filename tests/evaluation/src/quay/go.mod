module example.net/quay

go 1.19
