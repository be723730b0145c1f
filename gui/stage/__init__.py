"""What every experiment's picture stands on: view, stage, handles, layout, choices, what the pointer finds."""
