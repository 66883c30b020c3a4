"""The pages, a file each; `contents` lists them."""
