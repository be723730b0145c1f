"""Windows that slide over pictures, and the networks that are made of them."""
