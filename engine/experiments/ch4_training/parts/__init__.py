"""Parts of the experiments of chapter 4 that are too long for one module."""
