"""The window itself: menus, layout, features, and what is dropped on it."""
