"""Moving pictures of the run that is shown: the dialog, and the process that draws them."""
