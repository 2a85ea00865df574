module github.com/saltmarsh/shelfcache

go 1.19
