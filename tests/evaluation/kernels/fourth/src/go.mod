module example.com/wharf

go 1.19

require go.example.org/tackle v1.2.0

replace go.example.org/tackle v1.2.0 => ./tackle
