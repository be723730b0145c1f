"""Moving pictures of the run that is shown: what is asked of them, and the process that draws them."""
