"""The panels of a page, and parts that several of them share."""
