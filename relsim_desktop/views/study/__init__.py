"""User studies: which of two methods finds what people think is closer."""
