"""The contract that every experiment implements, and the types that it uses."""
