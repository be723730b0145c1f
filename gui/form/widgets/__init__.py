"""Small widgets that the form's controls are made of."""
