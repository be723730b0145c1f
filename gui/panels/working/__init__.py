"""The panel that shows how the selected value is computed."""
