"""User studies: which of two pictures shares the logic of a third, asked without saying why."""
