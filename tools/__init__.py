"""Programs that made what is committed; nothing of the package uses them."""
