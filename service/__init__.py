"""Starting the whole service: a supervisor that starts the parts and looks after them."""
