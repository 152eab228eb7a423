module hanaper

go 1.26
