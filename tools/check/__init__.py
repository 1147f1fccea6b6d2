"""The checks of `make check`, each a module or a command of its own."""
