"""Scene items and plots that views share, in a package for each kind; they depend on no experiment."""
