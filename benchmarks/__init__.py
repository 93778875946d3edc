"""What the product claims about speed and size, measured. Each module offers run() -> Iterator[Line]."""
